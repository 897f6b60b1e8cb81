import { describe, expect, test } from "vitest";
import { itemExportQuerySchema } from "@/domain/item-export";
import { exportAddress, exportCommand, INITIAL_CHOICE } from "./export-address";

const SOURCE = "0198f2c0-0000-7000-8000-000000000001";
const RUN = "0198f2c0-0000-7000-8000-000000000002";

describe("the address of an export", () => {
  test("names the view's filters and leaves out what goes without saying", () => {
    expect(exportAddress({}, INITIAL_CHOICE)).toBe("/api/items/export?format=csv");
    expect(exportAddress({ text: "milk & honey" }, { ...INITIAL_CHOICE, format: "json" })).toBe("/api/items/export?format=json&q=milk+%26+honey");
  });

  test("is one that the server understands, whatever was chosen", () => {
    const choice = { format: "csv", separator: "tab", bom: true, formulaSafe: false } as const;
    const { searchParams } = new URL(exportAddress({ sourceId: SOURCE, runId: RUN, text: "milk" }, choice), "http://localhost");
    const query = { format: "csv", source: SOURCE, run: RUN, q: "milk", separator: "tab", bom: "1", formulas: "1" };
    expect(itemExportQuerySchema.parse(Object.fromEntries(searchParams))).toEqual(query);
  });

  test("has no options of CSV for other formats", () => {
    expect(exportAddress({}, { format: "jsonl", separator: "tab", bom: true, formulaSafe: false })).toBe("/api/items/export?format=jsonl");
  });
});

test("a program gets the same file with a key", () => {
  expect(exportCommand("https://milk.example.org", "/api/items/export?format=csv")).toBe(
    'curl --fail -OJ -H "Authorization: Bearer mr_…" "https://milk.example.org/api/items/export?format=csv"',
  );
});
