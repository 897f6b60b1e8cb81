import type { CsvValue } from "./csv-line";
import type { JsonValue } from "./item";
import type { ExportedItem, ItemExportQuery } from "./item-export";

/** A column of a table of items. */
interface ExportColumn {
  name: string;
  /** Holds instants, in ISO 8601 with their offset. */
  isDate: boolean;
  read(item: ExportedItem): CsvValue;
}

/** Items as CSV and spreadsheets have them: one a row. */
export interface ExportTable {
  header: string[];
  /** Which columns hold instants. */
  dates: boolean[];
  /** The cells of an item, in the header's order. */
  rowOf(item: ExportedItem): CsvValue[];
}

/** What JSON has of an item when columns were chosen: it keeps its form, and what is not in them is left out. */
export interface ItemPick {
  members: ReadonlySet<string>;
  /** The fields that were chosen. */
  fields: string[];
  /** With `other_fields`: the fields that were not, as all others stay. Null: none but `fields` do. */
  fieldsLeftOut: string[] | null;
}

/** Each column of ours with the members of an item that it stands for; in a cell stands the first. */
const OWN_COLUMNS = {
  id: ["id"],
  source: ["sourceName", "sourceId"],
  key: ["key"],
  title: ["title"],
  url: ["url"],
  published_at: ["publishedAt"],
  state: ["state"],
  first_seen_at: ["firstSeenAt"],
  last_changed_at: ["lastChangedAt"],
  last_seen_at: ["lastSeenAt"],
  times_seen: ["timesSeen"],
} as const satisfies Record<string, readonly Exclude<keyof ExportedItem, "fields">[]>;
const DATE_COLUMNS = ["published_at", "first_seen_at", "last_changed_at", "last_seen_at"];
const REST_COLUMN = "other_fields";
const FIELD = "field_";
const TOLD_APART = /^(?:field_)+/;

/** The names of all columns of items with these fields, in their order. */
export function exportColumnNames(fieldNames: readonly string[]): string[] {
  return [...Object.keys(OWN_COLUMNS), ...fieldNames.map(columnName), REST_COLUMN];
}

/**
 * The table of items with these fields: the columns that were chosen, or else one for each of ours and of `fieldNames`, and a last one
 * that holds what an item has besides as JSON, so that nothing is lost. A name that is no column of ours is taken for a field's.
 */
export function exportTable(query: Pick<ItemExportQuery, "column">, fieldNames: readonly string[]): ExportTable {
  const known = new Set(fieldNames);
  const columns = (chosenColumns(query) ?? exportColumnNames(fieldNames)).map((name) => columnOf(name, known));
  return {
    header: columns.map(({ name }) => name),
    dates: columns.map(({ isDate }) => isDate),
    rowOf: (item) => columns.map(({ read }) => read(item)),
  };
}

/** What the chosen columns leave of an item with these fields; null when all were. */
export function pickOfItem(query: Pick<ItemExportQuery, "column">, fieldNames: readonly string[]): ItemPick | null {
  const chosen = chosenColumns(query);
  if (!chosen) return null;
  const fields = chosen.filter((name) => !isOwn(name) && name !== REST_COLUMN).map(fieldOf);
  const left = new Set(fields);
  return {
    members: new Set(chosen.flatMap((name): readonly string[] => (isOwn(name) ? OWN_COLUMNS[name] : []))),
    fields,
    fieldsLeftOut: chosen.includes(REST_COLUMN) ? fieldNames.filter((name) => !left.has(name)) : null,
  };
}

/** Null: all. A list of none is no choice, either: an address cannot tell it from none at all. */
function chosenColumns({ column = [] }: Pick<ItemExportQuery, "column">): string[] | null {
  return column.length > 0 ? column : null;
}

function columnOf(name: string, known: ReadonlySet<string>): ExportColumn {
  if (name === REST_COLUMN) return { name, isDate: false, read: (item) => restOf(item, known) };
  if (isOwn(name)) {
    const [member] = OWN_COLUMNS[name];
    return { name, isDate: DATE_COLUMNS.includes(name), read: (item) => item[member] };
  }
  const field = fieldOf(name);
  return { name, isDate: false, read: ({ fields }) => (Object.hasOwn(fields, field) ? cellOf(fields[field]) : undefined) };
}

const isOwn = (name: string): name is keyof typeof OWN_COLUMNS => Object.hasOwn(OWN_COLUMNS, name);

/** A field named like one of our columns is told apart, and so is one named like a field that was; one without a name gets one. */
function columnName(field: string): string {
  const bare = field.replace(TOLD_APART, "");
  return bare === "" || bare === REST_COLUMN || isOwn(bare) ? `${FIELD}${field}` : field;
}

function fieldOf(name: string): string {
  const field = name.slice(FIELD.length);
  return name.startsWith(FIELD) && columnName(field) === name ? field : name;
}

function cellOf(value: JsonValue | undefined): CsvValue {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}

function restOf({ fields }: ExportedItem, known: ReadonlySet<string>): string | null {
  const names = Object.keys(fields);
  if (names.every((name) => known.has(name))) return null;
  return JSON.stringify(Object.fromEntries(names.filter((name) => !known.has(name)).map((name) => [name, fields[name]])));
}
