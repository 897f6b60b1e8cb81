import { IconEyeOff, IconPencil, IconSparkles } from "@tabler/icons-react";
import type { Item } from "@/domain/item";
import { StatusBadge, type StatusLook } from "@/ui/display/status-badge";

const LOOKS: Record<Item["state"], StatusLook> = {
  new: { tone: "good", icon: IconSparkles, word: "New" },
  changed: { tone: "busy", icon: IconPencil, word: "Changed" },
  gone: { tone: "quiet", icon: IconEyeOff, word: "Gone" },
};

/** Whether an item is as first collected, has changed since or is gone, as colour, icon and word. */
export function ItemStateBadge({ state }: { state: Item["state"] }) {
  return <StatusBadge look={LOOKS[state]} />;
}
