import {
  IconAlertTriangle,
  IconBan,
  IconCalendarX,
  IconCircleCheck,
  IconCircleX,
  IconClockCheck,
  IconClockPause,
  IconClockX,
  IconHourglass,
  IconHourglassHigh,
  IconPlayerSkipForward,
  IconPlugConnectedX,
  IconRefresh,
} from "@tabler/icons-react";
import type { RunSource } from "@/domain/run";
import type { RunSourceStatus, RunStatus } from "@/domain/run-status";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";
import { isWaiting, isWaitingForTurn } from "./source-attempts";

/** Every status of a run as people see it. */
export const RUN_STATUS_LOOKS: Record<RunStatus, StatusLook> = {
  queued: { tone: "quiet", icon: IconHourglass, word: "Queued" },
  running: { tone: "busy", icon: IconRefresh, word: "Running" },
  succeeded: { tone: "good", icon: IconCircleCheck, word: "Succeeded" },
  partial: { tone: "warning", icon: IconAlertTriangle, word: "Partial" },
  failed: { tone: "bad", icon: IconCircleX, word: "Failed" },
  cancelled: { tone: "quiet", icon: IconBan, word: "Cancelled" },
  timed_out: { tone: "bad", icon: IconClockX, word: "Timed out" },
  abandoned: { tone: "bad", icon: IconPlugConnectedX, word: "Abandoned" },
  skipped: { tone: "quiet", icon: IconPlayerSkipForward, word: "Skipped" },
  missed: { tone: "warning", icon: IconCalendarX, word: "Missed" },
};

const CANCELLING: StatusLook = { tone: "quiet", icon: IconBan, word: "Cancelling…" };

/** Every status of one source within a run. */
const RUN_SOURCE_STATUS_LOOKS: Record<RunSourceStatus, StatusLook> = {
  queued: { tone: "quiet", icon: IconHourglass, word: "Queued" },
  fetching: { tone: "busy", icon: IconRefresh, word: "Collecting" },
  succeeded: { tone: "good", icon: IconCircleCheck, word: "Done" },
  not_modified: { tone: "good", icon: IconCircleCheck, word: "Not modified" },
  not_due: { tone: "good", icon: IconClockCheck, word: "Not due yet" },
  failed: { tone: "bad", icon: IconCircleX, word: "Failed" },
  cancelled: { tone: "quiet", icon: IconBan, word: "Cancelled" },
};

const WAITING_TO_RETRY: StatusLook = { tone: "warning", icon: IconClockPause, word: "Waiting to retry" };
const WAITING_FOR_TURN: StatusLook = { tone: "quiet", icon: IconHourglassHigh, word: "Waiting for its turn" };

/** A run's status as colour, icon and word. `cancelling` while a cancel was asked for and the worker has not confirmed it. */
export function RunStatusBadge({ status, cancelling = false }: { status: RunStatus; cancelling?: boolean }) {
  return <StatusBadge look={cancelling ? CANCELLING : RUN_STATUS_LOOKS[status]} />;
}

/** The status of one source of a run as colour, icon and word; what it waits for, while it does. */
export function RunSourceStatusBadge({ source }: { source: RunSource }) {
  return <StatusBadge look={lookOf(source)} />;
}

function lookOf(source: RunSource): StatusLook {
  if (isWaiting(source)) return WAITING_TO_RETRY;
  return isWaitingForTurn(source) ? WAITING_FOR_TURN : RUN_SOURCE_STATUS_LOOKS[source.status];
}
