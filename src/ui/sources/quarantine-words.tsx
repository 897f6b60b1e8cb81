"use client";
import { Instant } from "@/ui/time/instant";

interface QuarantineWordsProps {
  /** Workers that died while they collected the source. */
  crashCount: number;
  quarantinedAt: Date;
  timeZone: string;
}

/** Why a source is in quarantine, its effect, and since when. */
export function QuarantineWords({ crashCount, quarantinedAt, timeZone }: QuarantineWordsProps) {
  return (
    <>
      Collecting it stopped Milkrun's worker {crashCount === 1 ? "once" : `${crashCount} times`}, so runs leave it out since{" "}
      <Instant at={quarantinedAt} timeZone={timeZone} />.
    </>
  );
}
