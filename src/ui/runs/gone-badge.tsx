import { IconEyeOff } from "@tabler/icons-react";
import { formatCount } from "@/ui/display/data-table";
import { StatusBadge } from "@/ui/display/status-badge";

/** "3 gone": items that were there before and that a run did not find any more. Nothing where there are none. */
export function GoneBadge({ count }: { count: number }) {
  return count > 0 ? <StatusBadge look={{ tone: "quiet", icon: IconEyeOff, word: `${formatCount(count)} gone` }} /> : null;
}
