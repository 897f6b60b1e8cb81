import { htmlToText } from "./html-text";

/** A member of a record, or of one of its members. */
interface Place {
  wrapper?: string;
  name: string;
}

export type UsualField = "key" | "title" | "link" | "date";

/** What fields are called, in small letters and without signs: services write `createdAt`, `created_at` and `CreatedAt`. */
const USUAL_NAMES: Record<UsualField, string[]> = {
  key: ["id", "key", "uuid", "guid", "url"],
  title: ["title", "name", "fullname", "headline", "subject", "place"],
  link: ["htmlurl", "url", "link", "href", "weburl", "permalink"],
  date: ["publishedat", "published", "pubdate", "dategmt", "date", "createdat", "created", "createdutc", "time", "timestamp", "updatedat"],
};
/** In which GeoJSON, JSON:API, listings of Reddit, connections of GraphQL and Elasticsearch keep what a record says. */
const WRAPPERS = ["properties", "attributes", "data", "node", "_source"];

/** Reads a usual field of a record: of the places that it has in these records, the first that holds text or a number. */
export function usualReader(records: unknown[], field: UsualField): (record: unknown) => string | number | undefined {
  const places = [undefined, ...WRAPPERS].flatMap((wrapper) => placesIn(records, wrapper, USUAL_NAMES[field]));
  return (record) => {
    for (const { wrapper, name } of places) {
      const value = plainValue(memberOf(wrapper === undefined ? record : memberOf(record, wrapper), name));
      if (value !== undefined) return value;
    }
    return undefined;
  };
}

function placesIn(records: unknown[], wrapper: string | undefined, usualNames: string[]): Place[] {
  const names = new Set<string>();
  for (const record of records) for (const name of namesOf(wrapper === undefined ? record : memberOf(record, wrapper))) names.add(name);
  const plain = [...names].map((name) => ({ name, plain: name.replace(/[_@-]/g, "").toLowerCase() }));
  return usualNames.flatMap((usual) => plain.filter((each) => each.plain === usual)).map(({ name }) => ({ wrapper, name }));
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
