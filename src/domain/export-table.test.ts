import { expect, test } from "vitest";
import { exportColumnNames, exportTable, pickOfItem } from "./export-table";
import type { ExportedItem } from "./item-export";

test.each([{}, { column: [] }])("without a choice every column is there, and everything of an item is read: %j", (query) => {
  expect(exportTable(query, ["price", "title"]).header).toEqual(exportColumnNames(["price", "title"]));
  expect(pickOfItem(query, ["price", "title"])).toBeNull();
});

test("chosen columns stand in their order, and no more of an item is read than they need", () => {
  const query = { column: ["field_title", "source", "price"] };
  expect(exportTable(query, ["price", "title"]).header).toEqual(query.column);
  expect(pickOfItem(query, ["price", "title"])).toEqual({ members: new Set(["sourceName", "sourceId"]), fields: ["title", "price"], fieldsLeftOut: null });
});

test("every field has a column of its own, whatever it is called, and is found by that column's name", () => {
  const names = ["", "field_", "field_field_id", "field_id", "field_price", "id", "other_fields", "price"];
  const { header, rowOf } = exportTable({}, names);
  const columns = header.slice(-names.length - 1, -1);
  expect(columns).toEqual(["field_", "field_field_", "field_field_field_id", "field_field_id", "field_price", "field_id", "field_other_fields", "price"]);
  expect(new Set(header).size).toBe(header.length);
  const fields = Object.fromEntries(names.map((name) => [name, `of ${name}`]));
  expect(rowOf({ fields } as ExportedItem).slice(-names.length - 1)).toEqual([...names.map((name) => `of ${name}`), null]);
  expect(pickOfItem({ column: columns }, names)?.fields).toEqual(names);
});
