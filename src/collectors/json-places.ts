import { htmlToText } from "./html-text";

/** A member of a record, or of one of its members. */
interface Place {
  wrapper: string | undefined;
  name: string;
  /** The name in small letters and without signs. */
  plain: string;
}

export type UsualField = "key" | "title" | "link" | "date";

/** What fields are called, in small letters and without signs: services write `createdAt`, `created_at` and `CreatedAt`. */
const USUAL_NAMES: Record<UsualField, string[]> = {
  key: ["id", "key", "uuid", "guid", "objectid", "url", "link", "href", "permalink"],
  title: ["title", "name", "fullname", "headline", "subject", "place"],
  link: ["htmlurl", "url", "link", "href", "weburl", "permalink"],
  date: ["publishedat", "published", "pubdate", "dategmt", "date", "createdat", "created", "createdutc", "time", "timestamp", "updatedat"],
};
const ALL_NAMES = new Set(Object.values(USUAL_NAMES).flat());
const MAX_NAME_LENGTH = 30;
/** In which GeoJSON, JSON:API, listings of Reddit, connections of GraphQL and Elasticsearch keep what a record says. */
const WRAPPERS = ["properties", "attributes", "data", "node", "_source"];

/** Enough to know the names of all. */
const SAMPLE_RECORDS = 500;

/**
 * What reads the usual fields of records: of the places that a field has in these records, the first that holds text or a number.
 */
export function usualReaders(records: unknown[]): (field: UsualField) => (record: unknown) => string | number | undefined {
  const known = [undefined, ...WRAPPERS].flatMap((wrapper) => placesIn(records.slice(0, SAMPLE_RECORDS), wrapper)).sort(byName);
  return (field) => {
    const places = [undefined, ...WRAPPERS].flatMap((wrapper) =>
      USUAL_NAMES[field].flatMap((usual) => known.filter((place) => place.wrapper === wrapper && place.plain === usual)),
    );
    return (record) => {
      for (const { wrapper, name } of places) {
        const value = plainValue(memberOf(wrapper === undefined ? record : memberOf(record, wrapper), name));
        if (value !== undefined) return value;
      }
      return undefined;
    };
  };
}

/** A name as usual before its variants (`id` before `_id`), whatever order a service names them in: the next time it may be another. */
function byName(one: Place, other: Place): number {
  return Number(other.name === other.plain) - Number(one.name === one.plain) || (one.name < other.name ? -1 : 1);
}

/** The places that could be one of a usual field. */
function placesIn(records: unknown[], wrapper: string | undefined): Place[] {
  const names = new Set<string>();
  for (const record of records) for (const name of namesOf(wrapper === undefined ? record : memberOf(record, wrapper))) names.add(name);
  return [...names].flatMap((name) => {
    const plain = name.length > MAX_NAME_LENGTH ? "" : name.replace(/[_@-]/g, "").toLowerCase();
    return ALL_NAMES.has(plain) ? { wrapper, name, plain } : [];
  });
}

function namesOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/** WordPress states HTML as `rendered`. */
function plainValue(value: unknown): string | number | undefined {
  if (typeof value === "number" || (typeof value === "string" && value !== "")) return value;
  const rendered = memberOf(value, "rendered");
  return typeof rendered === "string" && rendered !== "" ? htmlToText(rendered) : undefined;
}
