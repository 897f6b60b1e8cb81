import { randomUUID } from "node:crypto";
import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shareDatabase } from "@/db/client";
import { createKeyRing } from "@/db/key-ring";
import { INVALID_LINK, type LinkSubject } from "@/domain/item-link";
import { redactText } from "@/log/redact";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { keyFile, testKey } from "@/testing/test-keys";
import { shareApiEnvironment } from "./environment";
import { handleItemLink } from "./open-link";

let world: ApiWorld;
const file = keyFile(testKey("test"));

beforeAll(async () => {
  world = await createApiWorld();
  shareDatabase({ ...world.db, keys: createKeyRing(file) });
  shareApiEnvironment(world.context(null));
});

afterAll(() => world.close());

const FEED: LinkSubject = { what: "feed", filter: { text: "butter" }, size: 50 };
const CSV: LinkSubject = {
  what: "export",
  query: { format: "csv", column: ["title"], zone: "UTC", dates: "iso", separator: "comma", bom: "0", formulas: "0", end: "0" },
};

/** An organization with three items, and a member of it who makes links. */
async function newMaker(role = "editor") {
  const organization = await world.organization();
  const { orgId, sourceIds } = organization;
  const runId = randomUUID();
  await world.db.system.organization.update({ where: { id: orgId }, data: { createdAt: new Date("2026-01-01T00:00:00Z") } });
  await world.db.system.$executeRaw`
    insert into item (org_id, source_id, key, title, url, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    select ${orgId}::uuid, ${sourceIds[0]}::uuid, n::text, case n when 1 then 'Milk' else 'Butter & <b>' || n || '</b>' || chr(7) end,
      'https://example.org/?a=1&n=' || n, jsonb_build_object('price', n), '', at, ${runId}::uuid, at, ${runId}::uuid, at, ${runId}::uuid
    from generate_series(1, 3) n, lateral (select timestamptz '2026-11-20T08:00:00Z' + n * interval '1 hour' as at) clock`;
  const session = await world.join(orgId, role);
  const maker = world.caller(session);
  const owner = world.caller(organization.session);
  const link = async (subject: LinkSubject, expiresInDays?: number | null) => {
    const { url, link: made } = await maker.link.create({ subject, ...(expiresInDays !== undefined && { expiresInDays }) });
    return { url, id: made.id, ask: (init?: RequestInit) => ask(url, init) };
  };
  return { ...organization, maker, makerId: session.userId, owner, link };
}

function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const token = url.split("/").at(-1) ?? "";
  return handleItemLink(new Request(url, { headers: { "x-forwarded-for": randomUUID() }, ...init }), { params: Promise.resolve({ token }) });
}

async function expectRefused(response: Response): Promise<void> {
  expect([response.status, await response.json()]).toEqual([404, { message: INVALID_LINK }]);
}

describe("a link to a feed", () => {
  test("gives whoever has it the newest items that match, as RFC 4287 has it, without a session", async () => {
    const { link } = await newMaker();
    const { url, ask: fetchFeed } = await link(FEED);
    const response = await fetchFeed();
    expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    expect(response.headers.get("x-robots-tag")).toBe("noindex");
    const $ = load(await response.text(), { xml: true });
    expect($("feed > link[rel=self]").attr("href")).toBe(url);
    expect($("feed > link[rel=alternate]").attr("href")).toBe("http://localhost:3000/items?q=butter");
    expect($("feed > updated").text()).toBe("2026-11-20T11:00:00.000Z");
    expect($("feed > author > name").text()).toBe("Analytical Engines");
    expect(
      $("entry > title")
        .toArray()
        .map((title) => $(title).text()),
    ).toEqual(["Butter & <b>3</b>", "Butter & <b>2</b>"]);
    expect($("entry > link").first().attr("href")).toBe("https://example.org/?a=1&n=3");
    expect($("entry > content").first().text()).toBe("price: 3");
    for (const id of $("id").toArray()) expect($(id).text()).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test("answers 304 to a reader that has it, by tag or by time, and anew when an item changed", async () => {
    const { link, orgId } = await newMaker();
    const { ask: fetchFeed } = await link(FEED);
    const first = await fetchFeed();
    const [etag = "", modified = ""] = ["etag", "last-modified"].map((name) => first.headers.get(name) ?? "");
    expect((await fetchFeed({ headers: { "if-none-match": `"other", W/${etag}` } })).status).toBe(304);
    expect((await fetchFeed({ headers: { "if-modified-since": modified } })).status).toBe(304);
    expect((await fetchFeed({ headers: { "if-none-match": '"other"', "if-modified-since": modified } })).status).toBe(200);
    await world.db.system.$executeRaw`update item set last_changed_at = now() where org_id = ${orgId}::uuid and key = '2'`;
    for (const header of [
      ["if-none-match", etag],
      ["if-modified-since", modified],
    ] as [string, string][]) {
      expect((await fetchFeed({ headers: [header] })).status).toBe(200);
    }
  });

  test("of a view follows the view, has no end unless one is chosen, and is gone with the view", async () => {
    const { link, owner } = await newMaker();
    const view = await owner.view.create({ name: "Dairy", filter: { text: "butter" } });
    const { ask: fetchFeed, id } = await link({ what: "view-feed", viewId: view.id, size: 50 }, null);
    expect((await owner.link.list()).find((each) => each.id === id)?.expiresAt).toBeNull();
    const entriesOf = async (response: Response) => load(await response.text(), { xml: true })("entry").length;
    const before = await fetchFeed();
    const since = { headers: { "if-modified-since": before.headers.get("last-modified") ?? "" } };
    expect(await entriesOf(before)).toBe(2);
    await world.db.system.$executeRaw`update saved_view set filter = '{"text": "milk"}', updated_at = now() + interval '2 seconds' where id = ${view.id}::uuid`;
    expect(await entriesOf(await fetchFeed(since))).toBe(1);
    await owner.view.remove({ id: view.id });
    await expectRefused(await fetchFeed());
  });

  test("that is none of a view needs an end", async () => {
    const { link } = await newMaker();
    await expect(link(FEED, null)).rejects.toThrow("Only the feed of a view may work without an end.");
  });
});

test("a link to an export gives the file as it is then", async () => {
  const { link } = await newMaker();
  const response = await (await link(CSV)).ask();
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="items_.+\.csv"$/);
  expect((await response.text()).split("\r\n")).toEqual(["title", "Milk", "Butter & <b>2</b>\u0007", "Butter & <b>3</b>\u0007", ""]);
});

describe("a link is refused with the same words", () => {
  test("when its signature is not its own, or nothing is known of it", async () => {
    const { link } = await newMaker();
    const [one, other] = [await link(CSV), await link(CSV)];
    expect((await one.ask()).status).toBe(200);
    const [id = ""] = one.url.split("/").at(-1)?.split(".") ?? [];
    const foreign = other.url.split(".").at(-1);
    for (const token of [`${id}.${foreign}`, `${id}.${"A".repeat(43)}`, `${randomUUID()}.${foreign}`, id, "nonsense"]) {
      await expectRefused(await ask(`http://localhost:3000/api/links/${token}`));
    }
  });

  test.each([
    ["it is revoked", async ({ maker }, id) => void (await maker.link.revoke({ id }))],
    ["it is expired", (_, id) => world.db.system.$executeRaw`update item_link set expires_at = now() - interval '1 second' where id = ${id}::uuid`],
    ["its maker was removed", ({ makerId }) => world.db.system.$executeRaw`delete from member where user_id = ${makerId}::uuid`],
    ["its maker's role is none of ours", ({ makerId }) => world.db.system.$executeRaw`update member set role = 'guest' where user_id = ${makerId}::uuid`],
    [
      "its end was put off in the database",
      (_, id) => world.db.system.$executeRaw`update item_link set expires_at = now() + interval '9 years' where id = ${id}::uuid`,
    ],
    [
      "what it shows was changed in the database",
      (_, id) => world.db.system.$executeRaw`update item_link set subject = replace(subject, 'title', 'url') where id = ${id}::uuid`,
    ],
  ] as [string, (maker: Awaited<ReturnType<typeof newMaker>>, id: string) => Promise<unknown>][])("when %s", async (_, end) => {
    const maker = await newMaker();
    const { id, ask: fetchFile } = await maker.link(CSV);
    expect((await fetchFile()).status).toBe(200);
    await end(maker, id);
    await expectRefused(await fetchFile());
  });
});

test("a link outlives a rotation of the installation's keys, and ends when its key is dropped", async () => {
  const { link } = await newMaker();
  const { ask: fetchFile } = await link(CSV);
  file.keys = [testKey("next", 2), testKey("test")];
  expect((await fetchFile()).status).toBe(200);
  shareDatabase({ ...world.db, keys: createKeyRing(keyFile(testKey("next", 2))) });
  await expectRefused(await fetchFile());
  file.keys = [testKey("test")];
  shareDatabase({ ...world.db, keys: createKeyRing(file) });
  expect((await fetchFile()).status).toBe(200);
});

test("a link is used so often a minute and not more", async () => {
  const { link } = await newMaker();
  const { id, ask: fetchFeed } = await link(FEED);
  await world.db.system.$executeRaw`
    insert into rate_limit (id, key, count, last_request) values (gen_random_uuid(), ${`link|${id}`}, 120, (extract(epoch from clock_timestamp()) * 1000)::bigint)`;
  const response = await fetchFeed();
  expect(response.status).toBe(429);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("links are listed without their signatures, and revoked by whoever made them or manages members", async () => {
  const { link, maker, owner, orgId } = await newMaker();
  const { url, id } = await link(CSV);
  await (await link(FEED)).ask();
  const listed = await maker.link.list();
  expect(listed.map(({ subject }) => subject)).toEqual([FEED, CSV]);
  expect(listed.map(({ lastUsedAt }) => lastUsedAt !== null)).toEqual([true, false]);
  expect(JSON.stringify(listed)).not.toContain(url.split(".").at(-1));
  const other = world.caller(await world.join(orgId, "viewer"));
  await expect(other.link.revoke({ id })).rejects.toThrow("Somebody else made this link, so it was not revoked.");
  expect((await owner.link.revoke({ id })).revokedAt).not.toBeNull();
});

test("the log never has a link's signature", async () => {
  const { link } = await newMaker();
  const { url, id } = await link(CSV);
  const line = redactText(`GET ${url} failed`);
  expect(line).not.toContain(url.split(".").at(-1));
  expect(line).toContain(`/api/links/${id}.[redacted]`);
});
