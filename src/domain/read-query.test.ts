import { expect, test } from "vitest";
import { readExportQuery } from "./item-export";

const read = (query: string) => readExportQuery(new URLSearchParams(query));

test("an address names each column once, and everything else once", () => {
  expect(read("format=csv&column=title&column=a%2Cb")).toMatchObject({ format: "csv", column: ["title", "a,b"] });
  expect(read("format=csv").column).toBeUndefined();
  expect(() => read("format=csv&state=new&state=changed")).toThrow("Nothing was exported. state: State it once.");
});

test.each([
  ["format=pdf", "Nothing was exported. format: The format is one of csv, xlsx, json, jsonl."],
  ["format=csv&sorce=x", "Nothing was exported. There is no parameter “sorce”. There are: format, q, source, preset,"],
  ["format=csv&column=a&column=", "Nothing was exported. column.1: Name the column."],
])("what is wrong with %s is said, with its name", (query, message) => {
  expect(() => read(query)).toThrow(message);
});
