import { offsetMsAt, parseOffsetMs, TIME_ZONE_IDS, timeZoneAliases, timeZoneCity } from "./time-zone";
import { PLACES_WITHOUT_ZONE, TIME_ZONE_ABBREVIATIONS } from "./time-zone-abbreviations";
import { TIME_ZONES_BY_COUNTRY } from "./time-zone-countries";

/** A row of the time zone picker. */
export interface TimeZoneOption {
  /** What is stored when it is picked. */
  id: string;
  city: string;
  /** In English; null for UTC. */
  country: string | null;
  /** Local minus UTC at the instant that was asked for. */
  offsetMs: number;
}

interface IndexEntry {
  id: string;
  city: string;
  country: string | null;
  /** Everything by which it is found, folded. */
  names: string[];
  countryText: string;
}

let index: readonly IndexEntry[] | undefined;

/**
 * The zones that a person may mean, best first: by city, IANA name, old name or well-known place ("Bombay", "kiev"), country,
 * abbreviation ("PT"), or offset ("+5:30"). Accents and case don't matter. An empty query lists every zone.
 *
 * @param at the instant whose offsets are shown and searched.
 */
export function searchTimeZones(query: string, at: Date, limit = 50): TimeZoneOption[] {
  return rankedIds(query, at)
    .slice(0, limit)
    .map(({ id, city, country }) => ({ id, city, country, offsetMs: offsetMsAt(id, at) }));
}

function rankedIds(query: string, at: Date): readonly IndexEntry[] {
  index ??= buildIndex();
  const wanted = fold(query);
  if (wanted === "") return index;
  const offset = parseOffsetMs(query);
  if (offset !== null) return index.filter((entry) => offsetMsAt(entry.id, at) === offset).sort((a, b) => tieOf(a) - tieOf(b));
  const meant = TIME_ZONE_ABBREVIATIONS[query.trim().toUpperCase()]?.split(" ") ?? [];
  return index
    .map((entry) => ({ entry, rank: meant.includes(entry.id) ? meant.indexOf(entry.id) / 100 : rankOf(entry, wanted) }))
    .filter(({ rank }) => rank < (meant.length > 0 ? BY_WORD : UNRELATED))
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

// Smaller is better. An abbreviation is taken at its word: "PT" must not find Egypt.
const BY_WORD = 4;
const UNRELATED = 7;

function rankOf(entry: IndexEntry, wanted: string): number {
  const tie = tieOf(entry);
  const city = fold(entry.city);
  if (city === wanted) return 1;
  if (entry.countryText === wanted) return 2 + tie;
  if (city.startsWith(wanted)) return 3 + tie;
  if (entry.names.some((name) => ` ${name}`.includes(` ${wanted}`))) return BY_WORD + tie;
  if (entry.countryText.startsWith(wanted)) return 5 + tie;
  return entry.names.some((name) => name.includes(wanted)) ? 6 : UNRELATED;
}

/** Among equals the places that many people look for come first: São Paulo before São Tomé. */
function tieOf(entry: IndexEntry): number {
  return entry.id in PLACES_WITHOUT_ZONE ? 0 : 0.5;
}

/** Lower case without accents, with every separator as one space. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_/,-]+/g, " ")
    .trim();
}

function buildIndex(): readonly IndexEntry[] {
  const countryNames = new Intl.DisplayNames(["en"], { type: "region" });
  const countries = new Map<string, string>();
  for (const [code, ids] of Object.entries(TIME_ZONES_BY_COUNTRY)) for (const id of ids.split(" ")) countries.set(id, countryNames.of(code) ?? code);
  return TIME_ZONE_IDS.map((id) => {
    const country = countries.get(id) ?? null;
    const names = [id, ...timeZoneAliases(id), PLACES_WITHOUT_ZONE[id] ?? ""].map(fold);
    return { id, city: timeZoneCity(id), country, names, countryText: fold(country ?? "") };
  });
}
