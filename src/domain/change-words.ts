import type { Changes } from "./audit";
import { MINUTE_MS } from "./calendar-days";
import { formatDuration, formatInCity, formatLocalClock } from "./format-time";
import type { JsonValue } from "./item";
import { MISSED_POLICY_WORDS } from "./missed-policy-words";
import type { MissedPolicy } from "./schedule";
import { spreadWords } from "./spread-words";

/** One field's change in words. */
export interface ChangeWords {
  field: string;
  from: string;
  to: string;
}

const FIELD_WORDS = new Map([
  ["cronExpression", "Cron expression"],
  ["timeZone", "Time zone"],
  ["presetName", "Preset"],
  ["enabled", "State"],
  ["missedPolicy", "Missed runs"],
  ["runLimitMs", "Run limit"],
  ["spreadMs", "Spread"],
  ["pausedAt", "Paused since"],
  ["pausedUntil", "Paused until"],
  ["pauseNote", "Note of the pause"],
  ["skipSlotAt", "Run left out"],
  ["url", "Address"],
  ["config", "Settings"],
  ["quarantinedAt", "In quarantine since"],
  ["expiresAt", "Expires"],
  ["revokedAt", "Revoked"],
  ["prefix", "Key"],
  ["digest", "Sends"],
  ["digestMinute", "Daily message at"],
]);

const NONE = "none";

/** Old and new values for people, in the order in which they are stored. Instants are written in `timeZone`. */
export function changeWords(changes: Changes, timeZone: string): ChangeWords[] {
  return Object.entries(changes).flatMap(([name, { from, to }]) => fieldWords(name, fieldLabel(name), from, to, timeZone));
}

function fieldWords(name: string, field: string, from: JsonValue, to: JsonValue, timeZone: string): ChangeWords[] {
  if (!isObject(from) || !isObject(to) || name === "quietHours") return [{ field, from: valueWords(name, from, timeZone), to: valueWords(name, to, timeZone) }];
  // Of settings within settings only those that differ.
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((part) => {
    const [old, now] = [ownValue(from, part), ownValue(to, part)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return fieldWords(part, `${field}, ${fieldLabel(part).toLowerCase()}`, old, now, timeZone);
  });
}

/** People name fields of items: one that is called "toString" is none where nobody made it. */
function ownValue(values: { [key: string]: JsonValue }, name: string): JsonValue {
  return Object.hasOwn(values, name) ? (values[name] ?? null) : null;
}

/** "Cron expression"; a name that has no words of its own is taken apart: "itemsPath" is "Items path". */
function fieldLabel(name: string): string {
  const words = name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return FIELD_WORDS.get(name) ?? words.charAt(0).toUpperCase() + words.slice(1);
}

function valueWords(name: string, value: JsonValue, timeZone: string): string {
  if (name === "runLimitMs" && value === null) return "the server's own";
  if (value === null || value === "") return NONE;
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return numberWords(name, value);
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.map((part) => valueWords("", part, timeZone)).join(", ");
  if (isObject(value)) return name === "quietHours" ? `${clockWords(value.fromMinute)} to ${clockWords(value.untilMinute)}` : JSON.stringify(value);
  if (name === "digest" || name === "event") return value.replaceAll("_", " ");
  if (name === "missedPolicy") return MISSED_POLICY_WORDS[value as MissedPolicy] ?? value;
  return /(At|Until)$/.test(name) && !Number.isNaN(Date.parse(value)) ? formatInCity(new Date(value), timeZone) : value;
}

function numberWords(name: string, value: number): string {
  if (name === "spreadMs") return spreadWords(value);
  if (name === "digestMinute") return clockWords(value);
  return name.endsWith("Ms") ? formatDuration(value) : String(value);
}

function clockWords(minute: JsonValue | undefined): string {
  return formatLocalClock(Number(minute) * MINUTE_MS);
}

function isObject(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
