import { createHash } from "node:crypto";
import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import { type ExportedItem, itemExportQuerySchema } from "@/domain/item-export";
import { readZip } from "@/testing/read-zip";
import { writeExportFile } from "./export-file";
import { writeXlsx } from "./xlsx-file";

const ITEM: ExportedItem = {
  id: "7",
  sourceId: "0198f2c0-0000-7000-8000-000000000001",
  sourceName: "Dairy",
  key: "k",
  title: "Milk",
  url: "https://example.org/a",
  state: "new",
  timesSeen: 2,
  publishedAt: null,
  firstSeenAt: "2026-11-23T06:00:00+00:00",
  lastSeenAt: "2026-11-24T07:30:00.5+01:00",
  lastChangedAt: "2026-11-23T06:00:00+00:00",
  fields: {},
};

const batchOf = (items: Partial<ExportedItem>[]): string[] => items.map((item) => JSON.stringify({ ...ITEM, ...item }));

async function* given(batches: readonly string[][]): AsyncGenerator<string[], void> {
  // Those that write them empty them.
  for (const batch of batches) yield [...batch];
}

function write(values: object, batches: readonly string[][], fieldNames: string[] = []): Promise<Buffer> {
  return bytesOf(writeExportFile(itemExportQuerySchema.parse(values), fieldNames, given(batches)));
}

async function bytesOf(file: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The rows of a sheet, each cell as its place, type, style and content. */
function rowsOf(xml: string): string[][] {
  const page = load(xml, { xml: true });
  const cellOf = (cell: string) => {
    const { r, t, s } = page(cell as never).attr() ?? {};
    return [r, t ?? "n", s ?? "", page(cell as never).text()].join("|");
  };
  return page("row")
    .toArray()
    .map((row) =>
      page(row)
        .children("c")
        .toArray()
        .map((cell) => cellOf(cell as never)),
    );
}

const sheetOf = async (column: string[], items: Partial<ExportedItem>[], values = {}) =>
  rowsOf(readZip(await write({ format: "xlsx", column, ...values }, [batchOf(items)])).get("xl/worksheets/sheet1.xml") ?? "");

describe("a workbook", () => {
  test("has the parts that name each other, and a sheet with the head in bold", async () => {
    const files = readZip(await write({ format: "xlsx" }, [batchOf([{}])], ["price"]));
    const inSheets = [...files.keys()].filter((name) => name.startsWith("xl/worksheets/"));
    expect([...files.keys()].sort()).toEqual(
      ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", ...inSheets].sort(),
    );
    for (const text of files.values()) expect(load(text, { xml: true }).root().children().length).toBe(1);
    expect(files.get("[Content_Types].xml")).toContain('PartName="/xl/worksheets/sheet1.xml"');
    const [head] = rowsOf(files.get("xl/worksheets/sheet1.xml") ?? "");
    expect(head?.[0]).toBe("A1|inlineStr|2|id");
    expect(head?.[5]).toBe("F1|inlineStr|2|published_at (UTC)");
    expect(head?.at(-1)).toBe("M1|inlineStr|2|other_fields");
  });

  test("has numbers, truth and instants as what they are, and nothing that is calculated", async () => {
    const fields = { price: -1.5, stocked: true, formula: "=1+1", long: 2 ** 60, tags: ["a"], none: null };
    const [, row] = await sheetOf(
      ["title", "price", "stocked", "formula", "long", "tags", "none", "last_seen_at", "published_at"],
      [{ title: "@SUM(A1)", fields }],
    );
    expect(row).toEqual([
      "A2|inlineStr||@SUM(A1)",
      "B2|n||-1.5",
      "C2|b||1",
      "D2|inlineStr||=1+1",
      "E2|inlineStr||1152921504606847000",
      'F2|inlineStr||["a"]',
      // 2026-11-24 07:30:00.5 on the zone's own clock.
      "H2|n|1|46350.312505787035",
    ]);
  });

  test("keeps every character: those that XML forbids escaped, what looks escaped apart, line breaks and spaces as they are", async () => {
    const [, row] = await sheetOf(["title", "url", "key"], [{ title: "a\u0000b\u0007\r\nc <&> \u{1f95b}\uffff", url: " _x0041_ _X0041_ ", key: '"quoted"' }]);
    expect(row).toEqual([
      "A2|inlineStr||a_x0000_b_x0007__x000D_\nc <&> \u{1f95b}_xFFFF_",
      "B2|inlineStr|| _x005F_x0041_ _x005F_X0041_ ",
      'C2|inlineStr||"quoted"',
    ]);
  });

  test("cuts a text that is too long for a cell, and says so there", async () => {
    const [, row] = await sheetOf(["title", "key"], [{ title: "\u{1f95b}".repeat(20_000), key: "x".repeat(32_767) }]);
    const [cut = "", whole = ""] = (row ?? []).map((cell) => cell.split("||")[1] ?? "");
    expect(cut.length).toBeLessThanOrEqual(32_767);
    expect(cut.endsWith("\u{1f95b} … (cut: the text has 40,000 characters)")).toBe(true);
    expect(whole).toBe("x".repeat(32_767));
  });

  test("has an instant that spreadsheets cannot count as text", async () => {
    const [, row] = await sheetOf(["published_at"], [{ publishedAt: "1899-12-31T23:00:00+00:00" }]);
    expect(row).toEqual(["A2|inlineStr||1899-12-31T23:00:00+00:00"]);
  });

  test("goes on on another sheet when one is full, and leaves none out", async () => {
    const query = itemExportQuerySchema.parse({ format: "xlsx", column: ["key"] });
    const pieces = [["a", "b"], ["c", "d"], ["e", "f", "g"], ["h"]].map((keys) => batchOf(keys.map((key) => ({ key }))));
    const files = readZip(await bytesOf(writeXlsx(query, [], given(pieces), 4)));
    const keysOf = (sheet: number) => rowsOf(files.get(`xl/worksheets/sheet${sheet}.xml`) ?? "").map(([cell]) => cell?.split("|").at(-1));
    expect([1, 2, 3, 4].map(keysOf)).toEqual([
      ["key", "a", "b"],
      ["key", "c", "d"],
      ["key", "e", "f", "g"],
      ["key", "h"],
    ]);
    expect(files.get("xl/workbook.xml")).toContain('<sheet name="Items 4" sheetId="4" r:id="s4"/>');
  });
});

describe("a file that is cut off at any tenth", () => {
  const batches = Array.from({ length: 20 }, (_, nth) => batchOf(Array.from({ length: 50 }, (_item, index) => ({ key: `${nth}-${index}` }))));
  const isComplete = {
    csv: (file: Buffer) => endsComplete(file.toString(), /(?:^|\n)# end of export: (\d+) items; sha256 (\w+)\r\n$/),
    jsonl: (file: Buffer) => endsComplete(file.toString(), /(?:^|\n)\{"endOfExport":\{"items":(\d+),"sha256":"(\w+)"\}\}\n$/),
    json: (file: Buffer) => JSON.parse(file.toString()).length === 1_000,
    xlsx: (file: Buffer) => readZip(file).size > 0,
  };

  function endsComplete(text: string, ending: RegExp): boolean {
    const [line = "", items, sha256] = ending.exec(text) ?? [];
    const before = text.slice(0, text.length - line.replace(/^\n/, "").length);
    return items === "1000" && createHash("sha256").update(before).digest("hex") === sha256;
  }

  test.each(["csv", "jsonl", "json", "xlsx"] as const)("is known for it by a reader of %s, and the whole one is complete (control)", async (format) => {
    const file = await write({ format, end: "1" }, batches);
    expect(isComplete[format](file)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth++) {
      const left = file.subarray(0, Math.floor((file.length * tenth) / 10));
      expect(
        safely(() => isComplete[format](left)),
        `${tenth} tenths`,
      ).toBe(false);
    }
  });

  const safely = (look: () => boolean) => {
    try {
      return look();
    } catch {
      return false;
    }
  };
});

test.each(["csv", "xlsx"] as const)("%s whose items cannot be read any more fails, and what reads them is let go when the reader leaves", async (format) => {
  let isLetGo = false;
  async function* failing(fails: boolean): AsyncGenerator<string[], void> {
    try {
      for (let nth = 0; nth < 50; nth++) {
        if (fails && nth === 3) throw new Error("The key was revoked.");
        yield batchOf([{}]);
      }
    } finally {
      isLetGo = true;
    }
  }
  const query = itemExportQuerySchema.parse({ format });
  const drain = async () => {
    for await (const _ of writeExportFile(query, [], failing(true)));
  };
  await expect(drain()).rejects.toThrow("The key was revoked.");
  isLetGo = false;
  const left = writeExportFile(query, [], failing(false));
  await left.next();
  await left.next();
  await left.return();
  expect(isLetGo).toBe(true);
});
