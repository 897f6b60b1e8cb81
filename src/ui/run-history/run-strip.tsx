"use client";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { RecentSlot } from "@/domain/run-history";
import { moveWithin } from "@/ui/display/move-within";
import { AppLink } from "@/ui/shell/app-link";
import { usePreferences } from "@/ui/time/preferences";
import { formatDayAndClock } from "@/ui/time/zoned-time";
import classes from "./run-strip.module.css";
import { SlotGlyph } from "./slot-glyph";
import { SLOT_LOOKS, slotWords } from "./slot-words";
import { heightShare, type PlacedBar, placeBars } from "./strip-layout";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };
const TALLEST = 76;
const BASE = 80;
const SHORTEST = 3;
/** Of what never ran, and so has no items to be as tall as. */
const HOLLOW = 22;
const GLYPH = 10;
const HEIGHT = 98;

interface RunStripProps {
  /** Oldest first, one at least. */
  slots: readonly RecentSlot[];
  /** The one that is told of below the strip. */
  selected: number;
  onSelect: (index: number) => void;
  /** Of the new items of a usual run; null when no run has ended well. */
  median: number | null;
  timeZone: string;
  now: Date;
  label: string;
}

/** The slots in time, as tall as they brought new items. One tab stop; the arrow keys go from slot to slot, each leads to its run. */
export function RunStrip({ slots, selected, onSelect, median, timeZone, now, label }: RunStripProps) {
  const { clockStyle } = usePreferences();
  const { bars, barWidth } = placeBars(slots.map(({ at }) => at.getTime()));
  const tallest = Math.max(...slots.map(({ newCount }) => newCount));
  const medianY = median === null ? null : BASE - heightShare(median, tallest) * TALLEST;

  function move(event: KeyboardEvent<HTMLAnchorElement>) {
    const links = [...(event.currentTarget.parentElement?.querySelectorAll("a") ?? [])];
    // From where the focus is: the pointer may have selected another one.
    const next = moveWithin(event, links.indexOf(event.currentTarget), slots.length, STEPS);
    if (next === null) return;
    event.preventDefault();
    links[next]?.focus();
  }

  return (
    <figure className={classes.figure} aria-label={label}>
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the figure names it, and a title would follow the pointer around */}
      <svg className={classes.strip} width="100%" height={HEIGHT}>
        <line x1="0" x2="100%" y1={BASE} y2={BASE} className={classes.base} />
        {slots.map((slot, index) => (
          <SlotBar
            key={slot.at.getTime()}
            slot={slot}
            place={bars[index]}
            width={barWidth}
            height={Math.max(SHORTEST, heightShare(slot.newCount, tallest) * TALLEST)}
            isSelected={index === selected}
            onSelect={() => onSelect(index)}
            onKeyDown={move}
            label={`${formatDayAndClock(slot.at, timeZone, now, clockStyle)}: ${slotWords(slot, now)}`}
          />
        ))}
        {medianY !== null && <line x1="0" x2="100%" y1={medianY} y2={medianY} className={classes.median} />}
      </svg>
    </figure>
  );
}

interface SlotBarProps {
  slot: RecentSlot;
  place: PlacedBar | undefined;
  width: number;
  height: number;
  isSelected: boolean;
  onSelect: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLAnchorElement>) => void;
  label: string;
}

function SlotBar({ slot, place, width, height, isSelected, onSelect, onKeyDown, label }: SlotBarProps) {
  const touched = useTouch(isSelected);
  if (!place) return null;
  const { centre, reachFrom, reachTo } = place;
  const isHollow = slot.status === "missed" || slot.status === "passed_over";
  const tall = isHollow ? HOLLOW : height;
  // Its height keeps it from growing; on a phone its neighbour makes room for it.
  const glyphWidth = 2.5 * width;
  return (
    <AppLink
      href={`/runs/${slot.runId}`}
      prefetch={false}
      tabIndex={isSelected ? 0 : -1}
      aria-label={label}
      className={classes.slot}
      data-tone={SLOT_LOOKS[slot.status].tone}
      data-hollow={isHollow || undefined}
      data-selected={isSelected || undefined}
      onFocus={onSelect}
      onKeyDown={onKeyDown}
      onPointerEnter={onSelect}
      {...touched}
    >
      <rect className={classes.reach} x={`${reachFrom}%`} width={`${reachTo - reachFrom}%`} y="0" height={HEIGHT} />
      <rect className={classes.bar} x={`${centre - width / 2}%`} width={`${width}%`} y={BASE - tall} height={tall} />
      <svg className={classes.glyph} x={`${centre - glyphWidth / 2}%`} width={`${glyphWidth}%`} y={BASE + 6} height={GLYPH} viewBox="0 0 10 10" aria-hidden>
        <SlotGlyph status={slot.status} />
      </svg>
    </AppLink>
  );
}

/** A finger that lands on a slot first shows what it is; the next tap opens it. Bars are thinner than fingers. */
function useTouch(isSelected: boolean) {
  const wasSelected = useRef(true);
  return {
    onPointerDown: (event: PointerEvent) => {
      wasSelected.current = event.pointerType !== "touch" || isSelected;
    },
    onClick: (event: { preventDefault(): void }) => {
      if (!wasSelected.current) event.preventDefault();
      wasSelected.current = true;
    },
  };
}
