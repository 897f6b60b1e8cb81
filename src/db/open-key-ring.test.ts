import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { givenKeys, keyFile, testKey } from "@/testing/test-keys";
import { createDatabase, type Database } from "./client";
import { withClient } from "./connect";
import { openKeyRing } from "./open-key-ring";
import { SEALED_COLUMNS } from "./sealed-columns";
import { createSourceWithHeaders } from "./sources";

let server: TestDatabase;
let db: Database;
const opened: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  server = await createTestDatabase();
  opened.push(() => server.drop());
});

afterAll(async () => {
  for (const close of opened.toReversed()) await close();
});

async function start(source: Parameters<typeof openKeyRing>[1]): Promise<Database> {
  db = createDatabase(server.connection, { poolSize: 2, log: silentLog, keys: await openKeyRing(server.connection, source) });
  const started = db;
  opened.push(() => started.close());
  return db;
}

async function storeHeader(database: Database): Promise<void> {
  const { orgId, userId } = await createOrganization(database);
  const definition = { name: "Feed", kind: "feed" as const, url: "https://example.org/", config: {} };
  const headers = [{ name: "X-Key", value: "secret" }];
  await database.withTenant(orgId, (tx) => createSourceWithHeaders(tx, orgId, { definition, headers }, { userId, keys: database.keys }));
}

describe("a start", () => {
  test("makes a key when it is the first of all, and later ones use it", async () => {
    const file = keyFile();
    await start(file);
    expect(file.keys.map(({ id }) => id)).toEqual(["made"]);
    await start(file);
    expect(file.keys).toHaveLength(1);
  });

  test("at the same time as another first one comes to the same key", async () => {
    const file = keyFile();
    await Promise.all([openKeyRing(server.connection, file), openKeyRing(server.connection, file)]);
    await start(file);
  });

  test("takes the key that is given", async () => {
    await storeHeader(await start(givenKeys(testKey("given"))));
    await expect(start(givenKeys(testKey("next", 2), testKey("given")))).resolves.toBeDefined();
  });

  test("with the file gone refuses, naming the key, and makes no new one in its place", async () => {
    await start(keyFile(testKey("first")));
    const gone = keyFile();
    await expect(start(gone)).rejects.toThrow(
      /^The database holds secrets that were encrypted with the key first, which is not in \/data\/encryption-keys: put it there, from a backup or .*--discard-lost/,
    );
    expect(gone.keys).toEqual([]);
  });

  test("with another key of the same name refuses", async () => {
    await start(keyFile(testKey("first")));
    await expect(start(keyFile(testKey("first", 2)))).rejects.toThrow("The key first in /data/encryption-keys is not the one that this installation's secrets");
  });

  test("without an older key that a stored secret needs refuses", async () => {
    await storeHeader(await start(keyFile(testKey("old"))));
    const check = await start(keyFile(testKey("new", 2), testKey("old")));
    await storeHeader(check);
    await withClient(server.ownerConnection, (client) => client.query("update installation set key_check = null"));
    await start(keyFile(testKey("new", 2), testKey("old")));
    await expect(start(keyFile(testKey("new", 2)))).rejects.toThrow("encrypted with the key old, which is not in");
  });
});

test("every column whose name says that it is sealed is one that the keys are counted and rotated in", async () => {
  const { rows } = await withClient(server.ownerConnection, (client) =>
    client.query<{ table: string; column: string }>(
      "select table_name as table, column_name as column from information_schema.columns where table_schema = 'public' and column_name like '%sealed%'",
    ),
  );
  expect(rows).toHaveLength(SEALED_COLUMNS.length);
  expect(rows).toEqual(expect.arrayContaining([...SEALED_COLUMNS]));
});
