import { BoundedCache } from "./bounded-cache";
import { AppError } from "./errors";
import { TIME_ZONE_ALIASES } from "./time-zone-aliases";
import { TIME_ZONES_BY_COUNTRY } from "./time-zone-countries";
import { type ZoneTransition, zoneOffsetMs, zoneTransitions } from "./zone-offsets";

export type ResolvedTimeZone = { ok: true; id: string } | { ok: false };

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
 * @returns the current IANA name. What a person picked is stored as picked; this name is for comparing. `refuseTimeZone` has the words
 * for what is no zone.
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
  if (!resolved.ok) throw new AppError("validation", `"${id.slice(0, 64)}" is not a known time zone. Pick one from the list.`, { field: "timeZone" });
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
  const canonical = CANONICAL_IDS.get(id.toLowerCase());
  if (canonical !== undefined && engineId(canonical) !== null) return { ok: true, id: canonical };
  // Newer tzdata than our table, and Etc/GMT+5.
  const known = /^[A-Za-z_]+\//.test(id) && !/^(SystemV|posix|right)\//i.test(id) ? askIntl(id) : null;
  return known === null ? { ok: false } : { ok: true, id: known };
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
