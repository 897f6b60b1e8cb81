import { describe, expect, test } from "vitest";
import { pickOfItem } from "./export-table";
import { createExportWriter, endLine } from "./export-writer";
import { type ExportedItem, exportFileName, itemExportQuerySchema } from "./item-export";

const ITEM: ExportedItem = {
  id: "7",
  sourceId: "0198f2c0-0000-7000-8000-000000000001",
  sourceName: "Dairy, news",
  key: "k",
  title: "=cheap milk",
  url: "https://example.org/a",
  state: "new",
  timesSeen: 2,
  publishedAt: null,
  firstSeenAt: "2026-11-23T06:00:00.000Z",
  lastSeenAt: "2026-11-24T06:00:00.000Z",
  lastChangedAt: "2026-11-23T06:00:00.000Z",
  fields: { author: "Grace", tags: ["a", "b"], title: "another", rare: null },
};

const query = (values: object) => itemExportQuerySchema.parse({ format: "csv", ...values });

function textOf(values: object, batches: ExportedItem[][], fieldNames: string[] = []): string {
  const writer = createExportWriter(query(values), fieldNames);
  return writer.start + batches.map((items) => writer.write(items.map((item) => JSON.stringify(item)))).join("") + writer.end;
}

describe("an export as CSV", () => {
  test("has a column for each known field, and keeps the others as JSON in the last one", () => {
    expect(textOf({}, [[ITEM]], ["author", "tags", "title"]).split("\r\n")).toEqual([
      "id,source,key,title,url,published_at,state,first_seen_at,last_changed_at,last_seen_at,times_seen,author,tags,field_title,other_fields",
      `7,"Dairy, news",k,'=cheap milk,https://example.org/a,,new,2026-11-23T06:00:00.000Z,2026-11-23T06:00:00.000Z,2026-11-24T06:00:00.000Z,2,Grace,"[""a"",""b""]",another,"{""rare"":null}"`,
      "",
    ]);
  });

  test("takes a field for no more than its name, whatever every object has by that name", () => {
    const [, line] = textOf({}, [[ITEM]], ["toString", "valueOf"]).split("\r\n");
    expect(line).toContain(",2,,,");
    expect(textOf({}, [], ["hasOwnProperty"])).toContain(",hasOwnProperty,other_fields");
  });

  test("has the columns that were chosen, in their order; a name of none of ours is a field's", () => {
    const lines = textOf({ column: ["title", "field_title", "times_seen", "nothing", "other_fields"] }, [[ITEM]], ["author", "tags"]).split("\r\n");
    expect(lines).toEqual(["title,field_title,times_seen,nothing,other_fields", `'=cheap milk,another,2,,"{""title"":""another"",""rare"":null}"`, ""]);
  });

  test("has times as a zone's clocks show them when asked to, and says which zone", () => {
    const local = { ...ITEM, publishedAt: "2026-11-24T07:00:00.123+01:00" };
    const values = { column: ["published_at", "url"], dates: "local", zone: "Europe/Berlin" };
    expect(textOf(values, [[local], [ITEM]])).toBe(
      "published_at (Europe/Berlin),url\r\n2026-11-24 07:00:00,https://example.org/a\r\n,https://example.org/a\r\n",
    );
  });

  test("has its head when nothing matches", () => {
    expect(textOf({}, []).split("\r\n")).toHaveLength(2);
  });

  test("begins with a byte order mark, separates by tabs and leaves formulas alone when asked to", () => {
    const text = textOf({ bom: "1", separator: "tab", formulas: "1" }, [[ITEM]]);
    expect(text.startsWith("\u{feff}id\tsource\t")).toBe(true);
    expect(text).toContain("\t=cheap milk\t");
  });
});

describe("an export as JSON", () => {
  test("is one array over all batches, also without items", () => {
    expect(JSON.parse(textOf({ format: "json" }, [[ITEM], [ITEM, ITEM]]))).toEqual([ITEM, ITEM, ITEM]);
    expect(JSON.parse(textOf({ format: "json" }, []))).toEqual([]);
  });
});

describe("an export as JSON Lines", () => {
  test("is one item a line", () => {
    const lines = textOf({ format: "jsonl" }, [[ITEM], [ITEM]]).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line))).toEqual([ITEM, ITEM]);
  });
});

describe("what chosen columns leave of an item", () => {
  test("is what they name, and of the fields those that they name", () => {
    expect(pickOfItem({ column: ["source", "published_at", "field_title", "author"] }, ["author", "tags", "title"])).toEqual({
      members: new Set(["sourceName", "sourceId", "publishedAt"]),
      fields: ["title", "author"],
      fieldsLeftOut: null,
    });
  });

  test("is every field but the known ones that were not chosen, with the column of the others", () => {
    expect(pickOfItem({ column: ["other_fields", "tags"] }, ["author", "tags", "title"])).toMatchObject({ fieldsLeftOut: ["author", "title"] });
  });

  test("is everything when none were chosen", () => {
    expect(pickOfItem({}, ["author"])).toBeNull();
  });
});

describe("an export's query", () => {
  test.each([
    [{ format: "pdf" }, "The format is one of csv, xlsx, json, jsonl."],
    [{ format: "csv", run: "12" }, "This is no run's id."],
    [{ format: "csv", bom: "yes" }, "Write 0 or 1."],
    [{ format: "csv", zone: "Berlin" }, "This is no time zone. Write one as Europe/Berlin."],
  ])("refuses %j with words", (values, message) => {
    expect(itemExportQuerySchema.safeParse(values).error?.issues[0]?.message).toBe(message);
  });

  test("refuses what it does not know: a misspelt filter would export everything", () => {
    expect(itemExportQuerySchema.safeParse({ format: "csv", sorce: "x" }).success).toBe(false);
  });
});

test("the last line says how many items there are and what the file before it sums up to, where it was asked for", () => {
  const sum = { items: 2, sha256: "ab" };
  expect(endLine({ format: "csv", end: "1" }, sum)).toBe("# end of export: 2 items; sha256 ab\r\n");
  expect(endLine({ format: "jsonl", end: "1" }, sum)).toBe('{"endOfExport":{"items":2,"sha256":"ab"}}\n');
  for (const query of [
    { format: "json", end: "1" },
    { format: "csv", end: "0" },
  ] as const)
    expect(endLine(query, sum)).toBe("");
});

test("the file is named by its day and run", () => {
  const at = new Date("2026-11-23T23:30:00Z");
  expect(exportFileName({ format: "csv" }, at)).toBe("items_2026-11-23.csv");
  expect(exportFileName({ format: "jsonl", run: "0198f2c0-0000-7000-8000-0000ab12cd34" }, at)).toBe("items_2026-11-23_run-ab12cd34.jsonl");
});
