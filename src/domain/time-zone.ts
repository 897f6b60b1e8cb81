import { BoundedCache } from "./bounded-cache";
import { AppError } from "./errors";
import { TIME_ZONE_ABBREVIATIONS } from "./time-zone-abbreviations";
import { TIME_ZONE_ALIASES } from "./time-zone-aliases";
import { TIME_ZONES_BY_COUNTRY } from "./time-zone-countries";
import { type ZoneTransition, zoneOffsetMs, zoneTransitions } from "./zone-offsets";

export type ResolvedTimeZone = { ok: true; id: string } | { ok: false; message: string };

/** The names that this program shows, by every name that they have, in lower case. */
const CANONICAL_IDS = new Map<string, string>();
for (const id of ["UTC", ...Object.values(TIME_ZONES_BY_COUNTRY).flatMap((ids) => ids.split(" "))]) CANONICAL_IDS.set(id.toLowerCase(), id);
for (const [id, aliases] of Object.entries(TIME_ZONE_ALIASES)) for (const alias of aliases.split(" ")) CANONICAL_IDS.set(alias.toLowerCase(), id);

/** Every zone in the form of its picker, UTC first, then by name. Ids are current IANA names whatever the engine calls them. */
export const TIME_ZONE_IDS: readonly string[] = ["UTC", ...[...new Set(CANONICAL_IDS.values())].filter((id) => id !== "UTC").sort()];

const OFFSET = /^(?:utc|gmt|z)?\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?$/i;
const resolvedCache = new BoundedCache<string, ResolvedTimeZone>(2000);
const engineIds = new BoundedCache<string, string>(2000);

/**
 * Checks an IANA time zone id. Case doesn't matter and old names resolve (`Europe/Kiev` and `Europe/Kyiv` give the same
 * answer); offsets and abbreviations are refused, because they don't follow a place's clock changes.
 *
 * @returns the current IANA name, or a sentence for the person with a suggestion. What a person picked is stored as picked;
 * this name is for comparing.
 */
export function resolveTimeZone(id: string): ResolvedTimeZone {
  // An id from outside can be anything, so only what is short is worth remembering.
  return id.length > 64 ? readTimeZone(id) : resolvedCache.getOrCompute(id, () => readTimeZone(id));
}

/** Whether both ids name the same zone. False when either isn't a zone. */
export function sameTimeZone(a: string, b: string): boolean {
  const first = resolveTimeZone(a);
  const second = resolveTimeZone(b);
  return first.ok && second.ok && first.id === second.id;
}

/**
 * The name by which this engine's Intl knows the zone.
 *
 * @throws AppError `validation` with `field: "timeZone"` when it is not a zone.
 */
export function requireTimeZone(id: string): string {
  const resolved = resolveTimeZone(id);
  if (!resolved.ok) throw new AppError("validation", resolved.message, { field: "timeZone" });
  return engineId(resolved.id) ?? resolved.id;
}

/** Local minus UTC in milliseconds at the instant. Throws as `requireTimeZone` does. */
export function offsetMsAt(timeZone: string, at: Date): number {
  return zoneOffsetMs(requireTimeZone(timeZone), at);
}

/** The changes of offset with `from <= at < to`, in order. Throws as `requireTimeZone` does. */
export function transitionsBetween(timeZone: string, from: Date, to: Date): ZoneTransition[] {
  return zoneTransitions(requireTimeZone(timeZone), from, to);
}

/** "Berlin", "New York", "UTC"; for an id of the `Etc` area its offset, "UTC-5". */
export function timeZoneCity(id: string): string {
  const resolved = resolveTimeZone(id);
  const name = resolved.ok ? resolved.id : id;
  const etc = /^Etc\/GMT([+-])(\d+)$/.exec(name);
  // POSIX counts hours west of Greenwich, people east of it.
  if (etc) return `UTC${etc[1] === "+" ? "-" : "+"}${etc[2]}`;
  return (name.split("/").pop() ?? name).replaceAll("_", " ");
}

/** How sentences name the zone: "Berlin time", but "UTC". */
export function timeZoneName(id: string): string {
  const city = timeZoneCity(id);
  return city.startsWith("UTC") ? city : `${city} time`;
}

/** All names of a zone that `resolveTimeZone` returned, besides that one. */
export function timeZoneAliases(canonicalId: string): readonly string[] {
  return TIME_ZONE_ALIASES[canonicalId]?.split(" ") ?? [];
}

/** Reads an offset that a person typed, such as `+5:30`, `UTC-3` or `GMT+0200`; null when it is none. In milliseconds. */
export function parseOffsetMs(text: string): number | null {
  const [, sign, hours = "0", minutes = "0"] = OFFSET.exec(text.trim()) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (sign === "+" ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function readTimeZone(id: string): ResolvedTimeZone {
  if (id.trim() === "") return { ok: false, message: "Choose a time zone, for instance Europe/Berlin." };
  const canonical = CANONICAL_IDS.get(id.toLowerCase());
  if (canonical !== undefined && engineId(canonical) !== null) return { ok: true, id: canonical };
  const refusal = refuseShorthand(id);
  if (refusal !== null) return { ok: false, message: refusal };
  // Newer tzdata than our table, and Etc/GMT+5.
  const known = /^[A-Za-z_]+\//.test(id) && !/^(SystemV|posix|right)\//i.test(id) ? askIntl(id) : null;
  return known === null ? { ok: false, message: unknownZone(id) } : { ok: true, id: known };
}

function refuseShorthand(id: string): string | null {
  const typed = id.trim();
  if (OFFSET.test(typed) || /^GMT0$/i.test(typed)) {
    return `${typed} is an offset and does not follow clock changes. Use a place, for instance ${placeWithOffset(typed)}.`;
  }
  const places = TIME_ZONE_ABBREVIATIONS[typed.toUpperCase()]?.split(" ");
  if (places === undefined) return null;
  return `${typed} is an abbreviation and does not say which place's clock to follow. Use a place, for instance ${places[0]}.`;
}

/** Places without clock changes where there are any, so that the suggestion is right all year. */
const PLACES_BY_OFFSET_MINUTES: Readonly<Record<number, string>> = {
  [-600]: "Pacific/Honolulu",
  [-540]: "America/Anchorage",
  [-480]: "America/Los_Angeles",
  [-420]: "America/Phoenix",
  [-360]: "America/Costa_Rica",
  [-300]: "America/New_York",
  [-240]: "America/Puerto_Rico",
  [-210]: "America/St_Johns",
  [-180]: "America/Sao_Paulo",
  0: "Europe/London, or UTC",
  60: "Europe/Berlin",
  120: "Africa/Johannesburg",
  180: "Africa/Nairobi",
  210: "Asia/Tehran",
  240: "Asia/Dubai",
  270: "Asia/Kabul",
  300: "Asia/Karachi",
  330: "Asia/Kolkata",
  345: "Asia/Kathmandu",
  360: "Asia/Dhaka",
  390: "Asia/Yangon",
  420: "Asia/Bangkok",
  480: "Asia/Singapore",
  540: "Asia/Tokyo",
  570: "Australia/Adelaide",
  600: "Australia/Brisbane",
  720: "Pacific/Auckland",
};

function placeWithOffset(typed: string): string {
  return PLACES_BY_OFFSET_MINUTES[(parseOffsetMs(typed) ?? 0) / 60_000] ?? "Europe/Berlin";
}

function unknownZone(id: string): string {
  const typed = id.trim().toLowerCase().replaceAll(" ", "_");
  const near = CANONICAL_IDS.get(typed) ?? TIME_ZONE_IDS.find((zone) => zone.toLowerCase().endsWith(`/${typed.split("/").pop()}`));
  const advice = near === undefined ? "Pick one from the list, for instance Europe/Berlin." : `Did you mean ${near}?`;
  return `"${id.slice(0, 64)}" is not a known time zone. ${advice}`;
}

/** The first of the zone's names that Intl takes; an engine may be older than a renaming. Null when it takes none. */
function engineId(canonicalId: string): string | null {
  const found = engineIds.getOrCompute(canonicalId, () => [canonicalId, ...timeZoneAliases(canonicalId)].find((id) => askIntl(id) !== null) ?? "");
  return found === "" ? null : found;
}

function askIntl(id: string): string | null {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: id }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
