import { afterAll, beforeAll, expect, test } from "vitest";
import { sourceDefinitionSchema } from "@/domain/source";
import { readSourceList } from "@/domain/source-list";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newOwner() {
  const organization = await world.organization({ urls: ["https://example.org/a"] });
  return { ...organization, owner: world.caller(organization.session) };
}

const listed = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ line: index + 1, url: `https://example.org/${index}.xml`, name: `Feed ${index}` }));

test("a list is stored entry by entry: what is new, what is there already, what is no source, and into a new preset what it names", async () => {
  const { owner, sourceIds } = await newOwner();
  const entries = readSourceList("https://example.org/new Mine\nhttps://example.org/a\nhttps://example.org/new\nnonsense:\n");
  const result = await owner.source.import({ entries, preset: { name: "Imported" } });
  expect(result.outcomes.map(({ line, outcome, reason }) => [line, outcome, reason])).toEqual([
    [1, "added", null],
    [2, "known", "It is the source “Source 1” already."],
    [3, "known", "The same address stands in line 1."],
    [4, "failed", expect.stringContaining("full address")],
  ]);
  const preset = (await owner.preset.list()).find(({ name }) => name === "Imported");
  expect(preset?.sources.map(({ name }) => name)).toEqual(["Source 1", "Mine"]);
  expect(preset?.sources.map(({ id }) => id)).toContain(sourceIds[0]);
});

test("300 feeds are imported in one go within two seconds, and a second time nothing is added, also when both come at once", async () => {
  const { owner, presetId, orgId } = await newOwner();
  const startedAt = performance.now();
  const twice = await Promise.all([1, 2].map(() => owner.source.import({ entries: listed(300), preset: { id: presetId } })));
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(twice.map(({ outcomes }) => outcomes.filter(({ outcome }) => outcome === "added").length).sort()).toEqual([0, 300]);
  expect(await world.db.system.source.count({ where: { orgId } })).toBe(301);
  expect((await owner.preset.list())[0]?.sources).toHaveLength(301);
});

test("a list that does not fit into its preset, or whose preset has a taken name, adds nothing at all", async () => {
  const { owner, orgId, presetId } = await newOwner();
  await expect(owner.source.import({ entries: listed(1_000), preset: { id: presetId } })).rejects.toMatchObject({
    message: expect.stringContaining("would hold 1001 sources"),
  });
  await expect(owner.source.import({ entries: listed(2), preset: { name: "Everything" } })).rejects.toMatchObject({ cause: { details: { field: "name" } } });
  expect(await world.db.system.source.count({ where: { orgId } })).toBe(1);
});

test("the sources come out as OPML and go into another organization as they were, whatever their kind", async () => {
  const [{ owner }, other] = [await newOwner(), await newOwner()];
  await owner.source.create({ name: `Tom & "Jerry"`, kind: "feed", url: "https://example.org/?a=1&b=2", config: {} });
  await owner.source.import({ entries: [{ line: 1, url: "https://example.org/sitemap.xml", name: null, kind: "sitemap" }] });
  const config = { itemsExpression: "data", limits: { seconds: 45, items: 50 } };
  const api = await owner.source.create(sourceDefinitionSchema.parse({ name: "API", kind: "json_api", url: "https://example.org/api", config }));
  await owner.source.setEnabled({ ids: [api.id], enabled: false });
  const headers = [{ name: "X-Key", value: "the secret" }];
  await owner.source.create({ name: "API, newest", kind: "feed", url: "https://example.org/api", config: { keyFrom: "link" }, headers });
  const { opml, ...exported } = await owner.source.exportOpml();
  expect(exported).toEqual({ feeds: 3, others: 2, needHeaders: ["API, newest"] });
  expect(opml).not.toContain("the secret");
  const { outcomes: added } = await other.owner.source.import({ entries: readSourceList(opml) });
  expect(added.filter(({ off }) => off).map(({ name, reason }) => [name, reason])).toEqual([
    ["API", "Off, as the list says."],
    ["API, newest", "Off: the value of its header X-Key is in no list. Enter it, then turn the source on."],
  ]);
  const listOf = async (caller: typeof owner) =>
    (await caller.source.list()).map(({ name, kind, url, config: own, enabled, headers: sent }) => ({ name, kind, url, config: own, enabled, sent }));
  const before = await listOf(owner);
  expect(await listOf(other.owner)).toEqual(before.map((source) => (source.sent.length > 0 ? { ...source, enabled: false, sent: [] } : source)));
  const again = await other.owner.source.import({ entries: readSourceList(opml) });
  expect(again.outcomes.filter(({ outcome }) => outcome === "added")).toEqual([]);

  const unreadable = readSourceList(opml.replace("&#34;data&#34;", "&#34;data[&#34;"));
  const { outcomes } = await (await newOwner()).owner.source.import({ entries: unreadable });
  expect(outcomes.filter(({ outcome }) => outcome === "failed")).toMatchObject([{ name: "API", reason: expect.stringContaining("can't be read") }]);
});

test("characters that cannot be stored are left out, and cost no entry", async () => {
  const { owner } = await newOwner();
  const opml =
    '<opml><outline text="A&#0;&#xD800;" xmlUrl="https://a.example/&#0;"/>' +
    '<outline text="B" milkrun:kind="json_api" milkrun:url="https://b.example/" milkrun:config="{&#34;titleExpression&#34;:&#34;a\\u0000\\ud800&#34;}"/></opml>';
  const { outcomes } = await owner.source.import({ entries: readSourceList(opml) });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(["added", "added"]);
  expect(await owner.source.list()).toMatchObject([{ name: "A", url: "https://a.example/" }, { name: "B", config: { titleExpression: "a" } }, {}]);
});
