import { describe, expect, test } from "vitest";
import { itemExportQuerySchema, readExportQuery } from "@/domain/item-export";
import { exportAddress, exportCommand, exportQuery, initialChoice } from "./export-address";

const SOURCE = "0198f2c0-0000-7000-8000-000000000001";
const RUN = "0198f2c0-0000-7000-8000-000000000002";
const INITIAL = initialChoice("UTC");

describe("the address of an export", () => {
  test("names the view's filters and leaves out what goes without saying", () => {
    expect(exportAddress({}, INITIAL)).toBe("/api/items/export?format=csv");
    expect(exportAddress({ text: "milk & honey" }, { ...INITIAL, format: "json" })).toBe("/api/items/export?format=json&q=milk+%26+honey");
  });

  test("is one that the server understands, whatever was chosen, and the same as a call is given", () => {
    const choice = {
      format: "csv",
      columns: ["title", "a,b"],
      zone: "Europe/Berlin",
      localDates: true,
      separator: "tab",
      bom: true,
      formulaSafe: false,
    } as const;
    const view = { sourceId: SOURCE, runId: RUN, text: "milk", state: "changed", collectedFrom: "2026-11-01" } as const;
    const { searchParams } = new URL(exportAddress(view, { ...choice, columns: [...choice.columns] }), "http://localhost");
    const read = readExportQuery(searchParams);
    const filters = { source: SOURCE, run: RUN, q: "milk", state: "changed", collectedFrom: "2026-11-01" };
    expect(read).toEqual({
      ...{ format: "csv", ...filters, column: ["title", "a,b"], zone: "Europe/Berlin", dates: "local", separator: "tab", bom: "1", formulas: "1", end: "0" },
    });
    expect(itemExportQuerySchema.parse(exportQuery(view, { ...choice, columns: [...choice.columns] }))).toEqual(read);
  });

  test("has no options of CSV for other formats, and the chosen columns for all", () => {
    const choice = { ...INITIAL, columns: ["title"], localDates: true, separator: "tab", bom: true, formulaSafe: false } as const;
    expect(exportAddress({}, { ...choice, format: "jsonl", columns: ["title"] })).toBe("/api/items/export?format=jsonl&column=title");
    expect(exportAddress({}, { ...choice, format: "xlsx", columns: ["title"] })).toBe("/api/items/export?format=xlsx&column=title");
  });
});

test("a program gets the same file with a key, whatever a shell makes of an address", () => {
  expect(exportCommand("https://milk.example.org", "/api/items/export?format=csv&q='$(x)'")).toBe(
    "curl --fail -OJ -H 'Authorization: Bearer mr_…' 'https://milk.example.org/api/items/export?format=csv&q=%27$(x)%27'",
  );
});
