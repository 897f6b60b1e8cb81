import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

const DAY_MS = 86_400_000;

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

async function newOwner() {
  const organization = await world.organization();
  return { ...organization, owner: world.caller(organization.session) };
}

const stored = (id: string) => world.db.system.apiKey.findUniqueOrThrow({ where: { id } });

describe("a new key", () => {
  test("is shown once and stored as a hash only", async () => {
    const { owner } = await newOwner();
    const { key, token } = await owner.apiKey.create({ name: " Reporting ", scopes: ["run", "read", "run"] });
    expect(token).toMatch(/^mr_[0-9a-f]{8}_[\w-]{43}$/);
    expect(token.startsWith(`${key.prefix}_`)).toBe(true);
    expect(key).toMatchObject({
      name: "Reporting",
      scopes: ["read", "run"],
      createdByName: "Ada Lovelace",
      lastUsedAt: null,
      revokedAt: null,
      replacedAt: null,
    });
    const secret = token.slice(key.prefix.length + 1);
    const everything = JSON.stringify([await owner.apiKey.list(), await owner.audit.list({}), await stored(key.id)]);
    expect(everything).toContain(key.prefix);
    expect(everything).not.toContain(secret);
  });

  test("expires in 90 days unless told otherwise, or never", async () => {
    const { owner } = await newOwner();
    const lifetime = async (expiresInDays?: number | null) => {
      const { key } = await owner.apiKey.create({ name: "Reporting", scopes: ["read"], ...(expiresInDays !== undefined && { expiresInDays }) });
      return key.expiresAt && (key.expiresAt.getTime() - key.createdAt.getTime()) / DAY_MS;
    };
    expect([await lifetime(), await lifetime(7), await lifetime(null)]).toEqual([90, 7, null]);
  });

  test.each([
    ["no name", { name: " " }, "name"],
    ["no scope", { scopes: [] }, "scopes"],
    ["a scope that does not exist", { scopes: ["everything"] }, "scopes"],
    ["a lifetime of nothing", { expiresInDays: 0 }, "expiresInDays"],
  ])("with %s is refused at its field", async (_, change, field) => {
    const { owner } = await newOwner();
    const input = { name: "Reporting", scopes: ["read"], ...change } as Parameters<typeof owner.apiKey.create>[0];
    await expect(owner.apiKey.create(input)).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { issues: [{ path: expect.arrayContaining([field]) }] } });
    expect((await owner.apiKey.list()).keys).toEqual([]);
  });

  test("is refused beyond a hundred that are valid", async () => {
    const { owner, orgId, userId } = await newOwner();
    await world.db.system.$executeRaw`
      insert into api_key (id, org_id, name, prefix, key_hash, scopes, created_by_id)
      select gen_random_uuid(), ${orgId}::uuid, 'Many', 'mr_00000000', encode(sha256(gen_random_uuid()::text::bytea), 'hex'), '{read}', ${userId}::uuid
      from generate_series(1, 100)`;
    await expect(owner.apiKey.create({ name: "One more", scopes: ["read"] })).rejects.toThrow("There are 100 API keys already");
    await owner.apiKey.revoke({ id: (await owner.apiKey.list()).keys[0]?.id ?? "" });
    await expect(owner.apiKey.create({ name: "One more", scopes: ["read"] })).resolves.toBeDefined();
  });
});

test("the list has the valid keys first, and the address that programs call", async () => {
  const { owner } = await newOwner();
  const ids: string[] = [];
  for (const name of ["old", "revoked", "new"]) ids.push((await owner.apiKey.create({ name, scopes: ["read"] })).key.id);
  await owner.apiKey.revoke({ id: ids[1] ?? "" });
  const { baseUrl, keys } = await owner.apiKey.list();
  expect(keys.map(({ name }) => name)).toEqual(["new", "old", "revoked"]);
  expect(baseUrl).toBe("http://localhost:3000");
});

describe("rotating a key", () => {
  test("makes one like it, and both work for a day", async () => {
    const { owner } = await newOwner();
    const { key: old, token: oldToken } = await owner.apiKey.create({ name: "Reporting", scopes: ["read", "run"], expiresInDays: 30 });
    const { key, token } = await owner.apiKey.rotate({ id: old.id });
    expect(token).not.toBe(oldToken);
    expect(key).toMatchObject({ name: "Reporting", scopes: ["read", "run"], replacedAt: null });
    expect((key.expiresAt?.getTime() ?? 0) - key.createdAt.getTime()).toBe(30 * DAY_MS);
    const replaced = await stored(old.id);
    expect((replaced.expiresAt?.getTime() ?? 0) - (replaced.replacedAt?.getTime() ?? 0)).toBe(DAY_MS);
    for (const { id } of [old, key]) {
      await expect(world.caller({ id, organizationId: replaced.orgId }).item.list({})).resolves.toBeDefined();
    }
  });

  test("never makes the old one live longer, and a key without an end stays one", async () => {
    const { owner } = await newOwner();
    const soon = await owner.apiKey.create({ name: "Soon", scopes: ["read"] });
    const expiresAt = new Date(Date.now() + 60_000);
    await world.db.system.apiKey.update({ where: { id: soon.key.id }, data: { expiresAt } });
    await owner.apiKey.rotate({ id: soon.key.id });
    expect((await stored(soon.key.id)).expiresAt).toEqual(expiresAt);
    const endless = await owner.apiKey.create({ name: "Endless", scopes: ["read"], expiresInDays: null });
    expect((await owner.apiKey.rotate({ id: endless.key.id })).key.expiresAt).toBeNull();
    expect((await stored(endless.key.id)).expiresAt).not.toBeNull();
  });

  test.each(["revoked", "replaced"])("that is %s is refused, and no key is made", async (state) => {
    const { owner } = await newOwner();
    const { key } = await owner.apiKey.create({ name: "Reporting", scopes: ["read"] });
    if (state === "revoked") await owner.apiKey.revoke({ id: key.id });
    else await owner.apiKey.rotate({ id: key.id });
    const before = await owner.apiKey.list();
    await expect(owner.apiKey.rotate({ id: key.id })).rejects.toThrow("“Reporting” is not valid any more or was replaced already, so no key was made.");
    expect(await owner.apiKey.list()).toEqual(before);
  });

  test("twice at once makes one key", async () => {
    const { owner } = await newOwner();
    const { key } = await owner.apiKey.create({ name: "Reporting", scopes: ["read"] });
    const answers = await Promise.allSettled([owner.apiKey.rotate({ id: key.id }), owner.apiKey.rotate({ id: key.id })]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await owner.apiKey.list()).keys).toHaveLength(2);
  });
});

test("revoking twice is one entry in the audit and keeps the first moment", async () => {
  const { owner, orgId } = await newOwner();
  const { key } = await owner.apiKey.create({ name: "Reporting", scopes: ["read"] });
  const first = await owner.apiKey.revoke({ id: key.id });
  expect(await owner.apiKey.revoke({ id: key.id })).toEqual(first);
  expect(await world.db.system.auditEntry.count({ where: { orgId, action: "apiKey.revoke" } })).toBe(1);
});

test("a key stays when whoever made it leaves: it belongs to the organization", async () => {
  const { orgId, owner } = await newOwner();
  const admin = await world.join(orgId, "admin");
  const { key } = await world.caller(admin).apiKey.create({ name: "Reporting", scopes: ["read"] });
  await world.db.system.member.deleteMany({ where: { userId: admin.userId } });
  await expect(world.caller({ id: key.id, organizationId: orgId }).item.list({})).resolves.toBeDefined();
  expect((await owner.apiKey.list()).keys).toMatchObject([{ id: key.id, createdByName: "A former member" }]);
});

test("a run that a key started is one of the API's, by the key's name", async () => {
  const { owner, orgId, userId, presetId } = await newOwner();
  const { id, organizationId } = await world.key({ orgId, userId }, ["run"]);
  const program = world.caller({ id, organizationId });
  const { runId } = await program.run.start({ requestKey: crypto.randomUUID(), presetId });
  expect(await owner.run.get({ runId })).toMatchObject({ trigger: "api", startedByName: "Reporting" });
  expect(await program.run.cancel({ runId })).toMatchObject({ cancelledByName: "Reporting" });
});
