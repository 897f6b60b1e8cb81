import { IconBan, IconCircleCheck, IconCircleX, IconHourglass, IconRefresh, IconStack2 } from "@tabler/icons-react";
import type { DeliveryStatus, DeliverySummary } from "@/domain/notification-delivery";
import { formatCount } from "@/ui/display/count";
import type { StatusLook } from "@/ui/display/status-badge";

/** Every status of a message as people see it, in the order of the filter. */
export const DELIVERY_LOOKS: Record<DeliveryStatus, StatusLook> = {
  waiting: { tone: "quiet", icon: IconStack2, word: "Gathering" },
  queued: { tone: "busy", icon: IconHourglass, word: "Queued" },
  retrying: { tone: "warning", icon: IconRefresh, word: "Retrying" },
  delivered: { tone: "good", icon: IconCircleCheck, word: "Delivered" },
  failed: { tone: "bad", icon: IconCircleX, word: "Failed" },
  cancelled: { tone: "quiet", icon: IconBan, word: "Cancelled" },
};

/** Choices for the filter. */
export const DELIVERY_STATUS_OPTIONS = Object.entries(DELIVERY_LOOKS).map(([value, { word }]) => ({ value: value as DeliveryStatus, label: word }));

/** "Run 12 failed, and 3 more" */
export function messageWords({ title, noticeCount }: Pick<DeliverySummary, "title" | "noticeCount">): string {
  return noticeCount > 1 ? `${title}, and ${formatCount(noticeCount - 1)} more` : title;
}

/** What is due within this time is under way. */
const SOON_MS = 60_000;

/** Whether it will change without anybody doing something about it soon: the list asks again then. */
export function isUnderWay({ status, dueAt }: Pick<DeliverySummary, "status" | "dueAt">, now: Date): boolean {
  if (status !== "queued" && status !== "retrying") return false;
  return dueAt.getTime() - now.getTime() < SOON_MS;
}

/** Whether it has not ended yet. */
export function isOnTheWay(status: DeliveryStatus): boolean {
  return status === "waiting" || status === "queued" || status === "retrying";
}

/** How an attempt went. */
export const ATTEMPT_LOOKS: Record<"good" | "bad", StatusLook> = {
  good: { tone: "good", icon: IconCircleCheck, word: "Taken" },
  bad: { tone: "bad", icon: IconCircleX, word: "Failed" },
};
