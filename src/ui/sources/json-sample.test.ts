import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import { readJsonSample } from "./json-sample";

const PAGE = {
  meta: { next: "x" },
  data: {
    items: [
      { id: 1, "full name": "Milk", user: { login: "ada", deep: { er: { est: 1 } } }, tags: ["a"], files: [{ n: 1 }] },
      { id: 2, price: 0.99 },
    ],
  },
};

describe("readJsonSample", () => {
  const sample = readJsonSample(JSON.stringify(PAGE), "");

  it("finds the lists of a page, and the fields of the items of the chosen one", () => {
    expect(sample?.lists).toEqual([{ expression: "data.items", count: 2 }]);
    expect(sample?.fields.map(({ expression, name }) => [expression, name])).toEqual([
      ["id", "id"],
      ["`full name`", "full_name"],
      ["user.login", "user_login"],
      ["tags", "tags"],
      ["price", "price"],
    ]);
    expect(sample?.fields[2]?.sample).toBe("ada");
  });

  it("shows numbers as the page states them, however long they are", () => {
    expect(readJsonSample('[{"id": 12345678901234567891}]', "")?.fields).toMatchObject([{ name: "id", sample: "12345678901234567891" }]);
  });

  it.each([
    ["with a mark before it", '\ufeff[{"a": 1}, {"a": 2}]'],
    ["on a line each", '{"a": 1}\n{"a": 2}\n'],
    ["within the call of a function", 'show([{"a": 1}, {"a": 2}]);'],
  ])("reads what is collected: items %s", (_what, body) => {
    expect(readJsonSample(body, "")).toMatchObject({ lists: [{ expression: "", count: 2 }], fields: [{ name: "a", sample: "1" }] });
  });

  it("names each by an expression that finds it", async () => {
    for (const { expression, sample: text } of sample?.fields.filter(({ name }) => name !== "tags" && name !== "price") ?? []) {
      expect(String(await jsonata(expression).evaluate(PAGE.data.items[0]))).toBe(text);
    }
  });

  it("takes the page itself for the list where it is one, and offers no fields of a list that an expression computes", () => {
    expect(readJsonSample('[{"a":1},{"b":2}]', "")).toMatchObject({ lists: [{ expression: "", count: 2 }], fields: [{ name: "a" }, { name: "b" }] });
    expect(readJsonSample(JSON.stringify(PAGE), "data.items[id > 1]")).toMatchObject({ fields: [] });
  });

  it("gives nothing for what is no JSON, and cuts long values", () => {
    expect(readJsonSample('{"a": [', "")).toBeNull();
    expect(readJsonSample(JSON.stringify([{ a: "x".repeat(500) }]), "")?.fields[0]?.sample).toHaveLength(81);
  });
});
