import {
  IconAlertTriangle,
  IconBan,
  IconCalendarX,
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconClockX,
  IconHourglass,
  IconPlayerSkipForward,
  IconPlugConnectedX,
  IconRefresh,
} from "@tabler/icons-react";
import type { RunSourceStatus, RunStatus } from "@/domain/run-status";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";

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
  failed: { tone: "bad", icon: IconCircleX, word: "Failed" },
  cancelled: { tone: "quiet", icon: IconBan, word: "Cancelled" },
};

const WAITING_TO_RETRY: StatusLook = { tone: "warning", icon: IconClockPause, word: "Waiting to retry" };

/** A run's status as colour, icon and word. `cancelling` while a cancel was asked for and the worker has not confirmed it. */
export function RunStatusBadge({ status, cancelling = false }: { status: RunStatus; cancelling?: boolean }) {
  return <StatusBadge look={cancelling ? CANCELLING : RUN_STATUS_LOOKS[status]} />;
}

/** The status of one source of a run as colour, icon and word. `waiting` while a failed attempt is to be made again. */
export function RunSourceStatusBadge({ status, waiting = false }: { status: RunSourceStatus; waiting?: boolean }) {
  return <StatusBadge look={waiting ? WAITING_TO_RETRY : RUN_SOURCE_STATUS_LOOKS[status]} />;
}
