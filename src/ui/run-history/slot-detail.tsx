"use client";
import { Anchor } from "@mantine/core";
import type { RecentSlot } from "@/domain/run-history";
import { StatusBadge } from "@/ui/display/status-badge";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import classes from "./run-strip.module.css";
import { SLOT_LOOKS, slotParts } from "./slot-words";

/** The slot that is pointed at or has the focus; the newest before anybody does. No live region: its link in the strip has said it. */
export function SlotDetail({ slot, timeZone }: { slot: RecentSlot; timeZone: string }) {
  const now = useNow();
  return (
    <div className={classes.detail}>
      <StatusBadge look={SLOT_LOOKS[slot.status]} />
      <strong>
        <Instant at={slot.at} timeZone={timeZone} />
      </strong>
      <span>{slotParts(slot, now).join(", ")}</span>
      <Anchor component={AppLink} href={`/runs/${slot.runId}`} prefetch={false} inherit underline="always" py={4}>
        Open run {slot.runNumber}
      </Anchor>
    </div>
  );
}
