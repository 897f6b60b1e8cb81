import { describe, expect, it } from "vitest";
import { jsonApiConfigSchema } from "@/domain/source";
import { parseJsonPage } from "./json-items";

const read = (document: unknown, config: object = {}) =>
  parseJsonPage(
    Buffer.from(typeof document === "string" ? document : JSON.stringify(document)),
    { url: "https://example.com/api" },
    jsonApiConfigSchema.parse(config),
  );
const itemsOf = async (document: unknown) => (await read(document)).items;
const failureOf = (document: unknown) =>
  read(document).then(
    () => "none",
    (error: Error) => error.message,
  );

describe("the list of a JSON document", () => {
  const list = [{ id: 1 }, { id: 2 }];
  it.each<[string, unknown]>([
    ["the document itself", list],
    ["a member of a usual name", { results: list, facets: [1] }],
    ["its only list, whatever its name", { things: list, page: 1 }],
    ["a list one level down", { data: { items: list }, error: null }],
    ["a list of HAL", { _embedded: { orders: list }, _links: {} }],
    ["a list of Hydra", { "hydra:member": list, "hydra:view": {} }],
    ["a list further down", { data: { repository: { issues: { nodes: list, pageInfo: { endCursor: "x" } } } } }],
    ["a list beside one of errors", { errors: [], warnings: ["old"], data: { items: list } }],
    ["JSON within the call of a function", `cb(${JSON.stringify({ items: list })});`],
    ["JSON within a call that is careful", `/**/ typeof a.cb === 'function' && a.cb(${JSON.stringify(list)})`],
    ["JSON with numbers that are none", '{"mean": NaN, "items": [{"id": 1, "x": -Infinity}, {"id": 2, "x": "NaN \\" NaN"}]}'],
    ["JSON Lines", '{"id": 1}\n{"id": 2}\r\n\n'],
    ["JSON behind a guard against scripts", `)]}',\n${JSON.stringify(list)}`],
    ["JSON with a mark and white space before it", `\uFEFF\n ${JSON.stringify(list)}`],
  ])("is %s", async (_what, document) => expect((await itemsOf(document)).map(({ key }) => key)).toEqual(["1", "2"]));

  it.each<[unknown, string]>([
    ["", "The page is empty."],
    ["<p>", "This is a web page or XML, not JSON."],
    ['{"id": 1}\n{"id": ', "The JSON is cut off or damaged."],
    ["words", "This is not JSON."],
    ["[".repeat(1000) + "]".repeat(1000), "The page is nested too deeply to be read."],
    [{ error: { code: 1 } }, "The page holds no list of items. The page has: error."],
    [{ errors: [{ message: "slow down" }], data: null }, "The page holds no list of items. The page has: errors, data."],
    ['cb({"id": ', "This is not JSON."],
    [{ data: { users: [], groups: [] } }, "The page holds several lists: users, groups. The page has: data."],
  ])("is missing in %j", async (document, message) => expect(await failureOf(document)).toContain(message));
});

describe("what is known of a record without expressions", () => {
  const about = { title: "T", url: "https://example.com/a", publishedAt: new Date("2024-10-02T13:00:00Z") };
  const record = { title: "T", url: "https://example.com/a", created_at: "2024-10-02T13:00:00Z" };
  it.each<[string, object]>([
    ["under usual names", { id: 7, ...record }],
    ["in other capitals and with signs", { _id: 7, Title: "T", URL: "https://example.com/a", CreatedAt: "2024-10-02T13:00:00Z" }],
    ["in GeoJSON", { id: 7, type: "Feature", properties: record }],
    ["in JSON:API", { id: 7, type: "post", attributes: record }],
    ["in a listing of Reddit", { kind: "t3", data: { id: 7, title: "T", url: "https://example.com/a", created_utc: 1727874000 } }],
    ["in a connection of GraphQL", { cursor: "x", node: { id: 7, ...record } }],
    ["in WordPress", { id: 7, date: "2024-10-02T15:00:00", date_gmt: "2024-10-02T13:00:00", title: { rendered: "T" }, link: "https://example.com/a" }],
  ])("%s", async (_what, one) => expect(await itemsOf([one])).toEqual([{ key: "7", ...about, fields: one }]));

  it("is as exact as the service states it, however long its numbers are", async () => {
    const items = await itemsOf(
      '[{"id": 12345678901234567890, "n": -0.12345678901234567890}, {"id": 12345678901234567891, "n": "say 99999999999999999 \\" 88888888888888888"}]',
    );
    expect(items.map(({ key, fields }) => [key, fields.n])).toEqual([
      ["12345678901234567890", -0.123_456_789_012_345_68],
      ["12345678901234567891", 'say 99999999999999999 " 88888888888888888'],
    ]);
  });

  it("is exact behind the longest of texts, too", async () => {
    const items = await itemsOf(`[{"text": "${"x".repeat(9_000_000)}", "id": 12345678901234567890}]`);
    expect(items.map(({ key }) => key)).toEqual(["12345678901234567890"]);
  });

  it.each<[object, string]>([
    [{ id: 7, _id: 8 }, "7"],
    [{ _id: 8, id: 7 }, "7"],
    [{ Id: 7, _id: 8 }, "7"],
    [{ _id: 8, Id: 7 }, "7"],
  ])("is the same in whatever order it stands: %j", async (record, key) => expect((await itemsOf([record]))[0]?.key).toBe(key));

  it.each([
    { objectID: 7, points: 1 },
    { title: "T", link: "7", points: 1 },
    { title: "T", permalink: "7", id: null },
  ])("is known again by what names it: %j", async (record) => {
    const [before, after] = [(await itemsOf([record]))[0], (await itemsOf([{ ...record, points: 2 }]))[0]];
    expect([before?.key, after?.key]).toEqual(["7", "7"]);
  });

  it("is text where WordPress states HTML", async () => {
    expect((await itemsOf([{ id: 1, title: { rendered: "A &amp; <em>B</em>" } }]))[0]?.title).toBe("A & B");
  });
});

describe("the cursor of the next page", () => {
  it.each<[unknown, string | undefined]>([
    ["abc", "abc"],
    [5, "5"],
    [null, undefined],
    ["", undefined],
    [false, undefined],
  ])("%j is %j", async (next, cursor) => {
    const pagination = { type: "cursor", parameter: "c", cursorExpression: "next" };
    expect((await read({ items: [], next }, { pagination })).cursor).toBe(cursor);
  });
});
