import { describeCron } from "@/domain/describe-cron";
import { isPaused } from "@/domain/pause-state";
import type { ClockStyle } from "@/domain/preferences";
import type { Schedule } from "@/domain/schedule";
import { formatDay, formatInstant, formatViewerTime } from "@/ui/time/zoned-time";
import { comingRun } from "./coming-run";

/** "Runs every weekday at 07:00, Berlin time.", or with "Would run" while it is off. */
export function runsSentence(cronExpression: string, timeZone: string, verb: "Runs" | "Would run" = "Runs"): string {
  const words = describeCron(cronExpression, timeZone);
  return `${verb} ${words.charAt(0).toLowerCase()}${words.slice(1)}.`;
}

/** "Tue 24 Nov, 07:00 Berlin (06:00 your time)" */
function instantWords(at: Date, timeZone: string, viewerZone: string | null, now: Date, style: ClockStyle): string {
  const viewerTime = viewerZone && formatViewerTime(at, timeZone, viewerZone, now, style);
  return `${formatInstant(at, timeZone, now, style)}${viewerTime ? ` (${viewerTime})` : ""}`;
}

/** What a save led to. */
export function savedSentence(schedule: Schedule, viewerZone: string | null, now: Date, style: ClockStyle): string {
  if (!schedule.enabled) return "Saved. The schedule is off, so nothing starts by itself.";
  if (isPaused(schedule, now)) return `Saved. ${pausedSentence(schedule, viewerZone, now, style)}`;
  return ["Saved.", nextRunSentence(schedule, viewerZone, now, style)].join(" ").trim();
}

/** What a pause leads to. */
export function pausedSentence({ pausedUntil, timeZone }: Schedule, viewerZone: string | null, now: Date, style: ClockStyle): string {
  const end = pausedUntil ? instantWords(pausedUntil, timeZone, viewerZone, now, style) : "somebody resumes it";
  return `The schedule is paused until ${end}.`;
}

interface PersonsPause {
  pausedAt: Date;
  pausedUntil: Date | null;
  pausedByName: string;
  pauseNote: string | null;
  timeZone: string;
}

/** "Paused by Ada on 3 Nov: site move. Resumes 10 Nov." */
export function pausedBySentence({ pausedAt, pausedUntil, pausedByName, pauseNote, timeZone }: PersonsPause, now: Date): string {
  const day = (at: Date) => formatDay(at, timeZone, now).replace(/^\w+ /, "");
  const paused = `Paused by ${pausedByName} on ${day(pausedAt)}${pauseNote ? `: ${withStop(pauseNote)}` : "."}`;
  return pausedUntil ? `${paused} Resumes ${day(pausedUntil)}.` : paused;
}

function withStop(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What resuming led to. */
export function resumedSentence(schedule: Schedule, viewerZone: string | null, now: Date, style: ClockStyle): string {
  return ["The schedule is on again.", nextRunSentence(schedule, viewerZone, now, style)].join(" ").trim();
}

function nextRunSentence(schedule: Schedule, viewerZone: string | null, now: Date, style: ClockStyle): string {
  const next = comingRun(schedule);
  return next ? `Next run: ${instantWords(next.at, schedule.timeZone, viewerZone, now, style)}.` : "";
}

/** What stands above the list of the next runs where they will not simply come; null where they will. */
export function nextRunsLead(schedule: Schedule | null, paused: boolean): string | null {
  if (!schedule?.enabled) return "If you turn it on, the next runs would be:";
  if (!paused) return null;
  return schedule.pausedUntil ? "The first runs after the pause:" : "If you resume it now, the next runs would be:";
}
