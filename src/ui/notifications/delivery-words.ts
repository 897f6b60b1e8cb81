import { IconBan, IconCircleCheck, IconCircleX, IconHourglass, IconMailCheck, IconRefresh, IconStack2 } from "@tabler/icons-react";
import type { RecipientState } from "@/domain/mail-recipients";
import type { DeliveryAttempt, DeliveryRecipient, DeliveryStatus, DeliverySummary } from "@/domain/notification-delivery";
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

const TAKEN: StatusLook = { tone: "good", icon: IconCircleCheck, word: "Taken" };
const FAILED: StatusLook = { tone: "bad", icon: IconCircleX, word: "Failed" };

/** How an attempt went: "Taken for 2, not for all" where a mail server took it for some of the recipients. */
export function attemptLook({ error, takenCount }: Pick<DeliveryAttempt, "error" | "takenCount">): StatusLook {
  if (error === null) return TAKEN;
  return takenCount ? { tone: "warning", icon: IconMailCheck, word: `Taken for ${formatCount(takenCount)}, not for all` } : FAILED;
}

/** Whether a recipient has a mail, in view of what became of the message. */
export function recipientLook(state: RecipientState, status: DeliveryStatus): StatusLook {
  if (state === "taken") return { tone: "good", icon: IconCircleCheck, word: "Has it" };
  if (state === "refused") return { tone: "bad", icon: IconCircleX, word: "Refused for good" };
  return isOnTheWay(status) ? { tone: "warning", icon: IconRefresh, word: "Waited for" } : { tone: "bad", icon: IconCircleX, word: "Does not have it" };
}

/** Whether some recipients have a mail and some have not: sent once more, it goes to those alone. */
export function isPartlyTaken(recipients: readonly Pick<DeliveryRecipient, "state">[]): boolean {
  return recipients.some(({ state }) => state === "taken") && recipients.some(({ state }) => state !== "taken");
}
