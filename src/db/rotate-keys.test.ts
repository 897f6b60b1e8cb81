import { randomUUID } from "node:crypto";
import os from "node:os";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EncryptionKeySource } from "@/config/encryption-key-source";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { givenKeys, keyFile, testKey } from "@/testing/test-keys";
import { until } from "@/testing/until";
import { createDatabase, type Database } from "./client";
import { withClient } from "./connect";
import { beat } from "./heartbeat";
import { createLiveness } from "./liveness";
import { createChannel, rotateChannelSecret, updateChannel } from "./notification-channels";
import { openKeyRing } from "./open-key-ring";
import { discardLost, dropOldKeys, rotateKeys } from "./rotate-keys";
import { countSecretsByKey } from "./sealed-columns";
import { readSourceHeaders } from "./source-headers";
import { createSourceWithHeaders } from "./sources";
import { systemConnection } from "./system-connection";

const URL = "https://example.org/feed.xml";
const SECRETS = 450;

let server: TestDatabase;
const databases: Database[] = [];

beforeEach(async () => {
  server = await createTestDatabase();
});

afterEach(async () => {
  await Promise.all(databases.splice(0).map((db) => db.close()));
  await server.drop();
});

/** A process with the keys that there are now. */
async function start(source: EncryptionKeySource): Promise<Database> {
  const db = createDatabase(server.connection, { poolSize: 4, log: silentLog, keys: await openKeyRing(server.connection, source) });
  databases.push(db);
  return db;
}

async function storeSource(db: Database, { orgId, userId }: TestOrganization, value: string): Promise<string> {
  const definition = { name: "Feed", kind: "feed" as const, url: URL, config: {} };
  const headers = [{ name: "X-Key", value }];
  return db.withTenant(orgId, async (tx) => (await createSourceWithHeaders(tx, orgId, { definition, headers }, { userId, keys: db.keys })).id);
}

async function read(db: Database, { orgId }: TestOrganization, sourceId: string) {
  return (await db.withSystem((tx) => readSourceHeaders(tx, db.keys, orgId, [sourceId])))({ sourceId, url: URL });
}

/** As `npm run secrets:rotate` works on the database. */
function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(systemConnection(server.ownerConnection), work);
}

const rotate = (source: EncryptionKeySource) => asOwner((client) => rotateKeys({ client, source }));
const dropOld = (source: EncryptionKeySource) => asOwner((client) => dropOldKeys({ client, source }));
const counts = async () => Object.fromEntries(await asOwner(countSecretsByKey));

describe("a rotation of a file of keys", () => {
  test("makes a new key, encrypts everything with it, and a running process goes on with it", async () => {
    const file = keyFile(testKey("old"));
    const db = await start(file);
    const organization = await createOrganization(db);
    const sourceId = await storeSource(db, organization, "secret");
    const said = await rotate(file);
    const [current] = file.keys;
    expect(file.keys.map(({ id }) => id)).toEqual([current?.id, "old"]);
    expect(said[0]).toBe(`Encrypted 1 secret with the key ${current?.id}. Nothing needs old any more, except backups of the database made until now.`);
    expect(await read(db, organization, sourceId)).toEqual({ ok: true, headers: { "X-Key": "secret" } });
    await storeSource(db, organization, "another");
    expect(await counts()).toEqual({ [current?.id ?? ""]: 2 });
    expect(await dropOld(file)).toEqual(["Removed old from /data/encryption-keys."]);
    expect(file.keys).toEqual([current]);
    await start(file);
    expect(await read(db, organization, sourceId)).toEqual({ ok: true, headers: { "X-Key": "secret" } });
  });

  test("that was broken off is gone on with and not begun anew", async () => {
    const file = keyFile(testKey("old"));
    const db = await start(file);
    const organization = await createOrganization(db);
    await storeSource(db, organization, "one");
    file.keys = [testKey("new", 2), testKey("old")];
    await storeSource(db, organization, "two");
    expect(await counts()).toEqual({ new: 1, old: 1 });
    await expect(dropOld(file)).rejects.toThrow("The key old is still needed, so no key was removed. Run npm run secrets:rotate first.");
    await rotate(file);
    expect(file.keys.map(({ id }) => id)).toEqual(["new", "old"]);
    expect(await counts()).toEqual({ new: 2 });
    await dropOld(file);
    expect(file.keys.map(({ id }) => id)).toEqual(["new"]);
  });

  test("while people save headers loses none and leaves none behind", async () => {
    const file = keyFile(testKey("old"));
    const db = await start(file);
    const organization = await createOrganization(db);
    const stored = new Map<string, string>();
    const save = async (from: number) => {
      for (let index = from; index < from + SECRETS / 3; index++) stored.set(await storeSource(db, organization, `secret ${index}`), `secret ${index}`);
    };
    await save(0);
    await Promise.all([save(1_000), rotate(file), save(2_000)]);
    expect(await counts()).toEqual({ [file.keys[0]?.id ?? ""]: stored.size });
    for (const [sourceId, value] of stored) expect(await read(db, organization, sourceId)).toEqual({ ok: true, headers: { "X-Key": value } });
  });

  test("waits for whoever has the old key in hand, and encrypts what they store, too", async () => {
    const file = keyFile(testKey("old"));
    const db = await start(file);
    const { orgId, userId } = await createOrganization(db);
    const definition = { name: "Feed", kind: "feed" as const, url: URL, config: {} };
    const headers = [{ name: "X-Key", value: "secret" }];
    let rotation: Promise<string[]> | undefined;
    await db.withTenant(orgId, async (tx) => {
      await createSourceWithHeaders(tx, orgId, { definition, headers }, { userId, keys: db.keys });
      rotation = rotate(file);
      const countWaiting = () => db.system.$queryRaw<unknown[]>`select 1 from pg_locks where locktype = 'advisory' and not granted`;
      await until(db, countWaiting, (waiting) => waiting.length === 1);
      expect(file.keys).toHaveLength(2);
    });
    expect((await rotation)?.[0]).toContain("Encrypted 1 secret with the key");
    expect(await counts()).toEqual({ [file.keys[0]?.id ?? ""]: 1 });
  });

  test("by two at once goes over to two keys, one after the other, and loses neither", async () => {
    const file = keyFile(testKey("old"));
    const db = await start(file);
    const organization = await createOrganization(db);
    const sourceId = await storeSource(db, organization, "secret");
    await Promise.all([rotate(file), rotate(file)]);
    expect(file.keys).toHaveLength(3);
    expect(await counts()).toEqual({ [file.keys[0]?.id ?? ""]: 1 });
    expect(await read(db, organization, sourceId)).toMatchObject({ ok: true });
  });

  test("is refused while a process of another machine would not learn of the new key", async () => {
    const file = keyFile(testKey("old"));
    const db = await start(file);
    const instanceId = randomUUID();
    const liveness = createLiveness(server.connection, instanceId, silentLog);
    await liveness.start();
    const now = new Date();
    const report = {
      instanceId,
      pid: 1,
      version: "0",
      roles: [],
      startedAt: now,
      clockSkewMs: 0,
      armedWakeUps: 0,
      nextWakeUpAt: null,
      activeRuns: 0,
      holdReason: null,
      disk: null,
    };
    await beat(db, { ...report, host: "elsewhere" });
    await expect(rotate(file)).rejects.toThrow("Milkrun also runs on elsewhere, where a new key in /data/encryption-keys would not be known");
    expect(file.keys.map(({ id }) => id)).toEqual(["old"]);
    await db.withSystem((tx) => tx.heartbeat.updateMany({ data: { host: os.hostname() } }));
    await expect(rotate(file)).resolves.toHaveLength(2);
    await liveness.stop();
  });

  test("leaves what something else has changed, and says so", async () => {
    const file = keyFile(testKey("old"));
    const db = await start(file);
    const organization = await createOrganization(db);
    const [damaged] = [await storeSource(db, organization, "one"), await storeSource(db, organization, "two")];
    await asOwner((client) => client.query("update source_header set sealed_value = sealed_value || 'A' where source_id = $1", [damaged]));
    await expect(rotate(file)).rejects.toThrow(/^Encrypted 1 with the key \w+\. 1 could not be read although/);
    await expect(dropOld(file)).rejects.toThrow("is still needed");
    expect(await read(db, organization, damaged ?? "")).toMatchObject({ ok: false, code: "headers_unreadable" });
  });
});

describe("a rotation of keys from the environment", () => {
  test("says what to set, and then encrypts everything with it", async () => {
    const db = await start(givenKeys(testKey("old")));
    await storeSource(db, await createOrganization(db), "secret");
    const said = await rotate(givenKeys(testKey("old")));
    expect(said[1]).toMatch(/^MILKRUN_ENCRYPTION_KEYS=[0-9a-f]{8}:[\w+/=]{44},old:[\w+/=]{44}$/);
    expect(await counts()).toEqual({ old: 1 });
    const both = givenKeys(testKey("new", 2), testKey("old"));
    expect((await rotate(both))[0]).toContain("Encrypted 1 secret with the key new.");
    expect(await counts()).toEqual({ new: 1 });
    expect((await dropOld(both))[0]).toContain("Nothing needs old any more: take it out of MILKRUN_ENCRYPTION_KEYS");
    await start(givenKeys(testKey("new", 2)));
  });
});

const TIMING = { enabled: true, digest: "at_once", digestMinute: 480, quietHours: null } as const;

describe("without a key that is needed", () => {
  test("a rotation refuses, as a start does", async () => {
    const db = await start(keyFile(testKey("lost")));
    await storeSource(db, await createOrganization(db), "secret");
    await expect(rotate(keyFile(testKey("other", 2)))).rejects.toThrow("encrypted with the key lost, which is not in");
  });

  test("what only it can read can be given up, which the audit tells, and Milkrun starts again", async () => {
    const db = await start(keyFile(testKey("lost")));
    const organization = await createOrganization(db);
    const sourceId = await storeSource(db, organization, "secret");
    const { orgId } = organization;
    const webhook = { kind: "webhook", name: "Ops", address: "https://example.org/hook", timeZone: "UTC", ...TIMING } as const;
    const { channel } = await db.withTenant(orgId, (tx) => createChannel(tx, db.keys, orgId, webhook));
    await db.withTenant(orgId, (tx) => rotateChannelSecret(tx, db.keys, orgId, channel.id));
    const file = keyFile();
    const said = await asOwner((client) => discardLost({ client, source: file }));
    expect(said).toEqual([
      "Removed the headers that could not be read any more (1). The audit of each organization names them.",
      "Turned off the channels of notifications whose secrets could not be read any more (1). The audit names them, too.",
    ]);
    const again = await start(file);
    const turnOn = () => again.withTenant(orgId, (tx) => updateChannel(tx, again.keys, { orgId, id: channel.id }, webhook));
    await expect(turnOn()).rejects.toThrow("The signing key of this channel is lost. Replace it");
    await again.withTenant(orgId, (tx) => rotateChannelSecret(tx, again.keys, orgId, channel.id));
    expect((await turnOn()).channel).toMatchObject({ enabled: true, disabledReason: null, oldSecretUntil: null });
    expect(await read(again, organization, sourceId)).toEqual({ ok: true, headers: {} });
    expect(await again.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } })).toMatchObject([
      { actorName: "Milkrun", subjectId: sourceId, summary: "Removed the header X-Key, whose encryption key is lost" },
      { actorName: "Milkrun", subjectId: channel.id, summary: "Turned the channel “Ops” off: the encryption key of its secret is lost" },
    ]);
  });

  test("a database that never had one is told to be started first", async () => {
    await expect(rotate(keyFile(testKey("any")))).rejects.toThrow("This installation has no encryption key yet. Start Milkrun once");
  });
});
