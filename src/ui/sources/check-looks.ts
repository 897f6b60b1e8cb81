import { IconAlertTriangle, IconCircleCheck, IconCircleMinus, IconHourglass, IconRefresh } from "@tabler/icons-react";
import type { StatusLook } from "@/ui/display/status-badge";

/** How the test of one of many sources goes. */
export type CheckState = "waiting" | "testing" | "works" | "fails" | "off";

export const CHECK_LOOKS: Record<CheckState, StatusLook> = {
  waiting: { tone: "quiet", icon: IconHourglass, word: "Waiting" },
  testing: { tone: "busy", icon: IconRefresh, word: "Testing…" },
  works: { tone: "good", icon: IconCircleCheck, word: "Works" },
  fails: { tone: "bad", icon: IconAlertTriangle, word: "Does not work" },
  off: { tone: "quiet", icon: IconCircleMinus, word: "Off" },
};
