import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleSources } from "@/domain/samples";
import type { SourceDefinition } from "@/domain/source";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

const FEED: SourceDefinition = { name: "Feed", kind: "feed", url: "https://example.org/feed.xml", config: {} };

const HTML = { itemSelector: "article", titleSelector: "", linkSelector: "", dateSelector: "", keySelector: "", fields: {} };

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newOwner() {
  const organization = await world.organization();
  return { ...organization, owner: world.caller(organization.session) };
}

test("a source of each kind comes back as it was defined", async () => {
  const { owner } = await newOwner();
  for (const definition of sampleSources("http://localhost:3000")) {
    const { id } = await owner.source.create(definition);
    expect(await owner.source.get({ id })).toMatchObject({ ...definition, enabled: true, itemCount: 0, presets: [] });
  }
});

describe("a wrong definition is refused at its field and not stored", () => {
  test.each([
    ["url", { ...FEED, url: "example.org" }],
    ["url", { ...FEED, url: "ftp://example.org/" }],
    ["url", { ...FEED, url: "https://ada:secret@example.org/" }],
    ["name", { ...FEED, name: " " }],
    ["kind", { ...FEED, kind: "fax" }],
    ["config.itemSelector", { ...FEED, kind: "html_page", config: { itemSelector: "" } }],
    ["config.pagination.maxPages", { ...FEED, kind: "json_api", config: { pagination: { type: "link_header", maxPages: 0 } } }],
    ["config.fields.constructor", { ...FEED, kind: "json_api", config: { fields: { constructor: "x" } } }],
  ])("%s", async (path, definition) => {
    const { owner } = await newOwner();
    const refusal = await owner.source.create(definition as SourceDefinition).catch((error: { cause: { issues: { path: string[] }[] } }) => error.cause.issues);
    expect(Array.isArray(refusal) && refusal.map((issue) => issue.path.join("."))).toEqual([path]);
    expect(await owner.source.list()).toHaveLength(1);
  });
});

test("what a site said about its last answer is forgotten when the site is asked or read differently, and only then", async () => {
  const { owner } = await newOwner();
  const { id } = await owner.source.create(FEED);
  const { orgId } = await world.db.system.source.findUniqueOrThrow({ where: { id }, select: { orgId: true } });
  const at = new Date();
  const reading = { readAs: "x", pages: [], pace: { documentMs: 7_200_000 }, wholeReadAt: at, readAt: at };
  const remember = () => world.db.system.sourceReading.create({ data: { orgId, sourceId: id, ...reading } });
  const remembered = () => world.db.system.sourceReading.count({ where: { sourceId: id } });
  await remember();
  await owner.source.update({ id, definition: { ...FEED, name: "Renamed", config: { everyRun: true } }, enabled: false });
  expect(await remembered()).toBe(1);
  expect(await owner.source.get({ id })).toMatchObject({ pace: { documentMs: 7_200_000 } });
  await owner.source.update({ id, definition: { ...FEED, url: "https://example.org/other.xml" }, enabled: true });
  expect(await remembered()).toBe(0);
  await remember();
  await owner.source.update({ id, definition: { ...FEED, url: "https://example.org/other.xml", kind: "html_page", config: HTML }, enabled: true });
  expect(await remembered()).toBe(0);
});

describe("a quarantined source", () => {
  async function newQuarantinedSource() {
    const organization = await newOwner();
    const { id } = await organization.owner.source.create(FEED);
    const quarantinedAt = new Date("2027-03-14T07:00:00Z");
    await world.db.system.source.update({ where: { id }, data: { crashCount: 3, quarantinedAt } });
    return { ...organization, id, quarantinedAt };
  }

  test("says so in the list and on its own", async () => {
    const { owner, id, quarantinedAt } = await newQuarantinedSource();
    expect(await owner.source.get({ id })).toMatchObject({ crashCount: 3, quarantinedAt });
    expect(await owner.source.list()).toContainEqual(expect.objectContaining({ id, crashCount: 3, quarantinedAt }));
  });

  test("is collected again once somebody lifts the quarantine, which is in the audit once", async () => {
    const { owner, orgId, id } = await newQuarantinedSource();
    expect(await owner.source.liftQuarantine({ sourceId: id })).toMatchObject({ id, crashCount: 0, quarantinedAt: null });
    expect(await owner.source.liftQuarantine({ sourceId: id })).toMatchObject({ crashCount: 0, quarantinedAt: null });
    expect(await owner.source.get({ id })).toMatchObject({ crashCount: 0, quarantinedAt: null });
    expect(await world.db.system.auditEntry.findMany({ where: { orgId, action: "source.liftQuarantine" } })).toMatchObject([
      { subjectId: id, summary: "Lifted the quarantine of the source “Feed”" },
    ]);
  });

  test("stays in quarantine when its name changes or when it is turned off and on", async () => {
    const { owner, id, quarantinedAt } = await newQuarantinedSource();
    await owner.source.update({ id, definition: { ...FEED, name: "Renamed" }, enabled: false });
    expect(await owner.source.update({ id, definition: { ...FEED, name: "Renamed" }, enabled: true })).toMatchObject({ crashCount: 3, quarantinedAt });
  });

  test("leaves it when its address is changed, which the audit tells", async () => {
    const { owner, orgId, id, quarantinedAt } = await newQuarantinedSource();
    const changed = await owner.source.update({ id, definition: { ...FEED, url: "https://example.org/other.xml" }, enabled: true });
    expect(changed).toMatchObject({ crashCount: 0, quarantinedAt: null });
    expect(await world.db.system.auditEntry.findFirst({ where: { orgId, action: "source.update" } })).toMatchObject({
      changes: { quarantinedAt: { from: quarantinedAt.toISOString(), to: null } },
    });
  });
});

test("a change is refused when something else is stored by now than it is based on", async () => {
  const { owner } = await newOwner();
  const { id, revision } = await owner.source.create(FEED);
  const renamed = { id, definition: { ...FEED, name: "Renamed" }, enabled: true, headers: [] };
  const saved = await owner.source.update({ ...renamed, revision });
  await expect(owner.source.update({ id, definition: FEED, enabled: false, revision })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("“Renamed” has changed since you opened it."),
    cause: { details: { currentRevision: saved.revision } },
  });
  expect(await owner.source.get({ id }), "nothing of it was stored").toMatchObject({ name: "Renamed", enabled: true, revision: saved.revision });
  expect(await owner.source.update({ ...renamed, revision }), "who saves the same again has missed the answer").toEqual(saved);

  await world.db.system.source.update({ where: { id }, data: { consecutiveFailures: 2, lastFailureMessage: "The site answered 404." } });
  const withHeader = await owner.source.update({ ...renamed, headers: [{ name: "X-Key", value: "secret" }], revision: saved.revision });
  expect(withHeader.headers, "what runs find out stands in nobody's way").toMatchObject([{ name: "X-Key" }]);
  await expect(owner.source.update({ ...renamed, revision: saved.revision })).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await owner.source.update({ id, definition: FEED, enabled: false }), "who says nothing of it replaces what is there").toMatchObject({ name: "Feed" });
});

test("a source in a preset is not deleted, and the refusal names the preset", async () => {
  const { owner, sourceIds, presetId } = await newOwner();
  const [id = ""] = sourceIds;
  await expect(owner.source.remove({ id })).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("“Everything”") });
  await owner.preset.update({ id: presetId, name: "Everything", sourceIds: [] });
  expect(await owner.source.remove({ id })).toEqual({ removed: true });
  await expect(owner.source.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("of deleting a source and adding it to a preset at once exactly one succeeds", async () => {
  const { owner } = await newOwner();
  for (let round = 0; round < 5; round++) {
    const { id } = await owner.source.create(FEED);
    const results = await Promise.allSettled([owner.source.remove({ id }), owner.preset.create({ name: randomUUID(), sourceIds: [id] })]);
    expect(results.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: { code: expect.stringMatching(/CONFLICT|BAD_REQUEST/) } }]);
  }
});

test("every change of a source is in the audit, with old and new values", async () => {
  const { owner, orgId } = await newOwner();
  const { id } = await owner.source.create(FEED);
  await owner.source.update({ id, definition: FEED, enabled: false });
  await owner.source.update({ id, definition: { ...FEED, config: { ignoreRobots: true } }, enabled: false });
  await owner.source.remove({ id });
  const entries = await world.db.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } });
  expect(entries.map(({ action, changes }) => [action, changes])).toEqual([
    ["source.create", null],
    ["source.update", { enabled: { from: true, to: false } }],
    ["source.update", { config: { from: {}, to: { ignoreRobots: true } } }],
    ["source.remove", null],
  ]);
});

test("a source that may ignore robots.txt from the start says so in the audit", async () => {
  const { owner, orgId } = await newOwner();
  await owner.source.create({ ...FEED, config: { ignoreRobots: true } });
  expect(await world.db.system.auditEntry.findFirst({ where: { orgId } })).toMatchObject({ summary: "Created the source “Feed”, which ignores robots.txt" });
});
