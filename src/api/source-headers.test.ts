import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPendingTest, finishSourceTest } from "@/db/source-tests";
import type { SourceDefinition } from "@/domain/source";
import type { SourceTestResult } from "@/domain/source-test";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { testKeys } from "@/testing/test-keys";

const SECRET = "canary-5b1e77";
const FEED: SourceDefinition = { name: "Feed", kind: "feed", url: "https://example.org/feed.xml", config: {} };
const ELSEWHERE: SourceDefinition = { ...FEED, url: "https://evil.example/feed.xml" };
const FOUND: SourceTestResult = {
  ok: true,
  title: "News",
  httpStatus: 200,
  finalUrl: FEED.url,
  wireBytes: 10,
  durationMs: 5,
  itemCount: 0,
  items: [],
  exchange: null,
};

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newSource(headers = [{ name: "Authorization", value: SECRET }]) {
  const organization = await world.organization();
  const owner = world.caller(organization.session);
  return { ...organization, owner, source: await owner.source.create({ ...FEED, headers }) };
}

const storedValues = async (sourceId: string) =>
  Object.fromEntries((await world.db.system.sourceHeader.findMany({ where: { sourceId } })).map(({ name, sealedValue }) => [name, sealedValue]));

const auditOf = async (orgId: string) =>
  (await world.db.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } })).map(({ summary }) => summary);

const refusalAt = (path: string) => ({ code: "BAD_REQUEST", cause: { details: { field: path } } });

describe("a header", () => {
  test("is shown as set, with its name and since when, and its value in no answer", async () => {
    const { owner, source } = await newSource();
    const answers = [source, await owner.source.get({ id: source.id }), await owner.source.list()];
    for (const answer of answers) expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect(source.headers).toEqual([{ name: "Authorization", updatedAt: expect.any(Date) }]);
    expect(await owner.source.get({ id: source.id })).toMatchObject({ headers: source.headers });
  });

  test("is encrypted where it is stored", async () => {
    const { source } = await newSource();
    expect(await storedValues(source.id)).toEqual({ Authorization: expect.stringMatching(/^v1\.test\.[\w-]+\.[\w-]+$/) });
  });

  test("is kept when no value is given for it, replaced when one is, and removed when it is left out", async () => {
    const { owner, source, orgId } = await newSource([
      { name: "Authorization", value: SECRET },
      { name: "X-Team", value: "blue" },
      { name: "X-Old", value: "old" },
    ]);
    const before = await storedValues(source.id);
    const headers = [{ name: "authorization" }, { name: "X-Team", value: "red" }, { name: "X-New", value: "1" }];
    const changed = await owner.source.update({ id: source.id, definition: FEED, enabled: true, headers });
    expect(changed.headers.map(({ name }) => name)).toEqual(["Authorization", "X-New", "X-Team"]);
    const after = await storedValues(source.id);
    expect(after.Authorization).toBe(before.Authorization);
    expect(after["X-Team"]).not.toBe(before["X-Team"]);
    expect(await auditOf(orgId)).toEqual([
      "Created the source “Feed”, set the header Authorization, set the header X-Old, set the header X-Team",
      "Changed the source “Feed”, set the header X-New, replaced the header X-Team, removed the header X-Old",
    ]);
  });

  test("is kept by a caller that says nothing of headers", async () => {
    const { owner, source } = await newSource();
    const before = await storedValues(source.id);
    await owner.source.update({ id: source.id, definition: { ...FEED, url: "https://example.org/other.xml" }, enabled: false });
    expect(await storedValues(source.id)).toEqual(before);
  });

  test("that is changed makes the site be asked anew, and lifts a quarantine; one that is kept does not", async () => {
    const { owner, source } = await newSource();
    const quarantinedAt = new Date("2027-03-14T07:00:00Z");
    const { orgId } = await world.db.system.source.update({ where: { id: source.id }, data: { quarantinedAt } });
    await world.db.system.sourceReading.create({
      data: { orgId, sourceId: source.id, readAs: "", wholeReadAt: quarantinedAt, readAt: quarantinedAt, pace: {} },
    });
    const look = async () => {
      const found = await world.db.system.source.findUniqueOrThrow({ where: { id: source.id }, select: { reading: true, quarantinedAt: true } });
      return { isKnown: found.reading !== null, quarantinedAt: found.quarantinedAt };
    };
    await owner.source.update({ id: source.id, definition: FEED, enabled: true, headers: [{ name: "Authorization" }] });
    expect(await look()).toEqual({ isKnown: true, quarantinedAt });
    await owner.source.update({ id: source.id, definition: FEED, enabled: true, headers: [{ name: "Authorization", value: "new" }] });
    expect(await look()).toEqual({ isKnown: false, quarantinedAt: null });
  });

  test.each([
    ["headers.0.name", [{ name: "Host", value: "x" }]],
    ["headers.0.value", [{ name: "X-Key", value: "a\nb" }]],
    ["headers", Array.from({ length: 21 }, (_, index) => ({ name: `X-${index}`, value: "x" }))],
  ])("that cannot be sent is refused at its field, and nothing is stored: %s", async (path, headers) => {
    const { owner, source } = await newSource();
    const refusal = await owner.source.create({ ...FEED, headers }).catch((error: { cause: { issues: { path: string[] }[] } }) => error.cause.issues);
    expect(Array.isArray(refusal) && refusal.map((issue) => issue.path.join("."))).toEqual([path]);
    expect((await owner.source.list()).map(({ id }) => id)).toContain(source.id);
    expect(await owner.source.list()).toHaveLength(2);
  });

  test("goes with its source", async () => {
    const { owner, source } = await newSource();
    await owner.source.remove({ id: source.id });
    expect(await storedValues(source.id)).toEqual({});
  });
});

describe("a change of the address to another site", () => {
  test.each([undefined, [{ name: "Authorization" }]])("is refused until the values are entered anew (%j)", async (headers) => {
    const { owner, source } = await newSource();
    const change = owner.source.update({ id: source.id, definition: ELSEWHERE, enabled: true, headers });
    await expect(change).rejects.toMatchObject({ ...refusalAt("headers.0.value"), message: expect.stringContaining("was entered for https://example.org") });
    expect(await owner.source.get({ id: source.id })).toMatchObject({ url: FEED.url, headers: source.headers });
  });

  test("is saved with new values or without headers, and the way back brings no old value with it", async () => {
    const { owner, source } = await newSource();
    const update = (definition: SourceDefinition, headers: { name: string; value?: string }[]) =>
      owner.source.update({ id: source.id, definition, enabled: true, headers });
    expect((await update(ELSEWHERE, [{ name: "Authorization", value: "mine" }])).url).toBe(ELSEWHERE.url);
    await expect(update(FEED, [{ name: "Authorization" }])).rejects.toMatchObject(refusalAt("headers.0.value"));
    expect((await update(FEED, [])).headers).toEqual([]);
  });
});

describe("a source test", () => {
  /** What the worker would send, and what is stored of it until then. */
  async function sentBy(orgId: string, going: Promise<unknown>) {
    for (;;) {
      const test = await world.db.system.sourceTest.findFirst({ where: { orgId, finishedAt: null } });
      if (!test) continue;
      const pending = await world.db.withSystem((tx) => findPendingTest(tx, testKeys, test.id));
      await world.db.withSystem((tx) => finishSourceTest(tx, test.id, FOUND));
      await going;
      return { stored: JSON.stringify(test), sent: pending?.headers, left: await world.db.system.sourceTest.findUniqueOrThrow({ where: { id: test.id } }) };
    }
  }

  test("sends the values on the screen, and the stored ones where none was typed; they are stored encrypted and only until it is done", async () => {
    const { owner, source, orgId } = await newSource();
    const headers = [{ name: "Authorization" }, { name: "X-Typed", value: `${SECRET}-typed` }];
    const { stored, sent, left } = await sentBy(orgId, owner.source.test({ definition: FEED, sourceId: source.id, headers }));
    expect(sent).toEqual({ ok: true, headers: { Authorization: SECRET, "X-Typed": `${SECRET}-typed` } });
    expect(stored).not.toContain(SECRET);
    expect(left.sealedHeaders).toBeNull();
    expect(Object.keys(await storedValues(source.id))).toEqual(["Authorization"]);
  });

  test("of a new source sends what was typed, and of one without headers nothing", async () => {
    const { owner, orgId } = await newSource();
    const typed = [{ name: "X-Key", value: "1" }];
    expect((await sentBy(orgId, owner.source.test({ definition: FEED, headers: typed }))).sent).toEqual({ ok: true, headers: { "X-Key": "1" } });
    expect((await sentBy(orgId, owner.source.test({ definition: FEED }))).sent).toEqual({ ok: true, headers: {} });
  });

  test.each([undefined, [{ name: "Authorization" }]])("does not send stored values to another site (%j)", async (headers) => {
    const { owner, source } = await newSource();
    const going = owner.source.test({ definition: ELSEWHERE, sourceId: source.id, headers });
    await expect(going).rejects.toMatchObject(refusalAt("headers.0.value"));
  });

  test("does not send what another organization has stored", async () => {
    const { source } = await newSource();
    const stranger = await world.organization();
    const going = world.caller(stranger.session).source.test({ definition: FEED, sourceId: source.id, headers: [{ name: "Authorization" }] });
    await expect(going).rejects.toMatchObject(refusalAt("headers.0.value"));
  });

  test("says so when what is stored cannot be decrypted", async () => {
    const { owner, source } = await newSource();
    await world.db.system.sourceHeader.updateMany({ where: { sourceId: source.id }, data: { id: randomUUID() } });
    const going = owner.source.test({ definition: FEED, sourceId: source.id, headers: [{ name: "Authorization" }] });
    await expect(going).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE", message: expect.stringContaining("cannot be decrypted") });
  });
});
