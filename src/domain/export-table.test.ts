import { expect, test } from "vitest";
import { exportColumnNames, exportTable, pickOfItem } from "./export-table";

test.each([{}, { column: [] }])("without a choice every column is there, and everything of an item is read: %j", (query) => {
  expect(exportTable(query, ["price", "title"]).header).toEqual(exportColumnNames(["price", "title"]));
  expect(pickOfItem(query, ["price", "title"])).toBeNull();
});

test("chosen columns stand in their order, and no more of an item is read than they need", () => {
  const query = { column: ["field_title", "source", "price"] };
  expect(exportTable(query, ["price", "title"]).header).toEqual(query.column);
  expect(pickOfItem(query, ["price", "title"])).toEqual({ members: new Set(["sourceName", "sourceId"]), fields: ["title", "price"], fieldsLeftOut: null });
});
