import type { Changes } from "./audit";
import { changeWords } from "./change-words";
import { formatInCity } from "./format-time";
import { NOTICE_TYPES, type NoticeContent, SCHEDULER_DOWN } from "./notice";

/** Slots that nobody examined in time: one row of the ledger. */
export interface MissedFacts {
  runId: string;
  number: number;
  /** The oldest and the newest of them. */
  from: Date;
  until: Date;
  count: number;
}

/** Slots that were due and never ran, because no scheduler was there. */
export function slotMissedNotice({ runId, number, from, until, count }: MissedFacts, timeZone: string): NoticeContent {
  const when = count === 1 ? formatInCity(until, timeZone) : `${formatInCity(from, timeZone)} to ${formatInCity(until, timeZone)}`;
  const data = { run: { id: runId, number }, slots: count, from: from.toISOString(), until: until.toISOString() };
  const text = `No scheduler was there in time: ${when}. Nothing was collected for ${count === 1 ? "it" : "them"}. The schedule goes on with the next slot.`;
  return { type: NOTICE_TYPES.slot_missed, title: `${countSlots(count)} missed`, text, path: `/runs/${runId}`, data };
}

/** Milkrun paused the schedule, because its runs had been failing for too long. */
export function autoPausedNotice(note: string): NoticeContent {
  const text = `${note}\nNo run starts by schedule until somebody resumes it.`;
  return { type: NOTICE_TYPES.auto_paused, title: "Milkrun paused the schedule", text, path: "/schedule", data: { note } };
}

/** What a person or a program did to the schedule, as the audit says it. */
export interface ScheduleChangeFacts {
  /** For instance `schedule.pause`. */
  action: string;
  summary: string;
  actorName: string;
  changes: Changes;
}

/** Somebody changed, paused, resumed or deleted the schedule: who, and what it was before. */
export function scheduleChangedNotice({ action, summary, actorName, changes }: ScheduleChangeFacts, timeZone: string): NoticeContent {
  const title = `${actorName}: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
  const lines = changeWords(inOrder(changes), timeZone).map(({ field, from, to }) => `- ${field}: ${from} → ${to}`);
  const data = { action, summary, actor: actorName, changes };
  return { type: NOTICE_TYPES.schedule_changed, title, text: [`${summary}, by ${actorName}.`, ...lines].join("\n"), path: "/schedule", data };
}

/** What a change is about, the weightiest first; the database keeps no order. */
const ORDER = ["cronExpression", "timeZone", "preset", "enabled", "pausedAt", "pausedUntil", "pauseNote", "skipSlotAt"];

function inOrder(changes: Changes): Changes {
  const known = ORDER.flatMap((field) => (changes[field] ? [[field, changes[field]] as const] : []));
  const others = Object.entries(changes).filter(([field]) => !ORDER.includes(field));
  return Object.fromEntries([...known, ...others]);
}

/** No scheduler is there at the moment. */
export function schedulerDownNotice(from: Date, timeZone: string): NoticeContent {
  const text = `No scheduler has checked in since ${formatInCity(from, timeZone)}. No run starts by schedule until one is back; runs that somebody starts still go.`;
  return { type: SCHEDULER_DOWN, title: "The scheduler is away", text, path: "/system", data: { from: from.toISOString() } };
}

/** When no scheduler checked in, and what the organization lost by it. */
export interface AwayFacts {
  from: Date;
  until: Date;
  missedSlots: number;
}

/** Told by the first scheduler that is there again. */
export function schedulerWasDownNotice({ from, until, missedSlots }: AwayFacts, timeZone: string): NoticeContent {
  const lost =
    missedSlots === 0 ? "No slot of your schedule was missed" : `${countSlots(missedSlots)} of your schedule ${missedSlots === 1 ? "was" : "were"} missed`;
  const text = `No scheduler checked in from ${formatInCity(from, timeZone)} to ${formatInCity(until, timeZone)}. ${lost}. Runs start by schedule again.`;
  const data = { from: from.toISOString(), until: until.toISOString(), missedSlots };
  return { type: NOTICE_TYPES.scheduler_down, title: "The scheduler was away", text, path: "/system", data };
}

/** A file that a person asked for. */
export interface ExportFacts {
  exportId: string;
  fileName: string;
  itemCount: number;
  /** Left out where an older Milkrun announced it. */
  expiresAt?: Date | undefined;
}

/** The file of an export can be downloaded. */
export function exportReadyNotice({ exportId, fileName, itemCount, expiresAt }: ExportFacts, timeZone: string): NoticeContent {
  const holds = itemCount === 1 ? "1 item" : `${itemCount.toLocaleString("en-US")} items`;
  const until = expiresAt ? `until ${formatInCity(expiresAt, timeZone)}` : "before it expires";
  const text = `${fileName} holds ${holds}. Download it with “Export” on the Items page ${until}.`;
  const data = { export: { id: exportId, fileName, items: itemCount, expiresAt: expiresAt?.toISOString() ?? null } };
  return { type: NOTICE_TYPES.export_ready, title: "An export is ready", text, path: "/items", data };
}

const countSlots = (count: number) => (count === 1 ? "1 slot" : `${count} slots`);
