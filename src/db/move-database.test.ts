import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { addressOf, createEmptyDatabase, createTestDatabase, type TestConnection, type TestDatabase } from "@/testing/database";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { migratePartly } from "@/testing/migrate-partly";
import { silentLog } from "@/testing/silent-log";
import { startRunOf } from "@/testing/started-run";
import { somethingOf } from "@/testing/tenant-rows";
import { migrateQueue } from "@/worker/migrate-queue";
import { deriveAppLogin } from "./app-role";
import { createDatabase, type Database } from "./client";
import { withClient } from "./connect";
import { createLiveness } from "./liveness";
import { copyDatabase, type MoveOptions, type MoveProgress } from "./move-database";
import { readTables } from "./move-tables";
import { prepareDatabase } from "./prepare";

const SECRET = "a secret of at least thirty-two characters";
const roles: string[] = [];
const targets: TestDatabase[] = [];

let source: TestDatabase;
let db: Database;
let organization: TestOrganization;
let target: TestDatabase;
let owner: TestConnection;

beforeAll(async () => {
  source = await createTestDatabase();
  db = createDatabase(source.connection, { poolSize: 2, log: silentLog });
  organization = await createOrganization(db);
  const { orgId } = organization;
  const runId = await startRunOf(db, organization);
  const seen = { firstSeenAt: new Date(), firstSeenRunId: runId, lastSeenAt: new Date(), lastSeenRunId: runId, lastChangedAt: new Date() };
  const rows = Array.from({ length: 300 }, (_, index) => ({ key: String(index), title: HOSTILE, fields: { text: HOSTILE, index }, contentHash: "x" }));
  await db.withSystem((tx) =>
    tx.item.createMany({ data: rows.map((row) => ({ orgId, sourceId: organization.sourceIds[0] ?? "", ...row, ...seen, lastChangedRunId: runId })) }),
  );
});

beforeEach(async () => {
  target = await createEmptyDatabase();
  targets.push(target);
  owner = await makeOwner(target);
});

afterAll(async () => {
  await db.close();
  for (const database of [source, ...targets]) await database.drop();
  await asSuperuser({ ...source.ownerConnection, database: "postgres" }, ...roles.map((role) => `drop role if exists ${pg.escapeIdentifier(role)}`));
});

/** Whatever an array or a row of PostgreSQL writes in a way of its own. */
const HOSTILE = `{"a,b"} (c) \\ \\N ' " NULL\t\r\n “ü” \u{1f69a}`;

const asSuperuser = (connection: pg.ClientConfig, ...statements: string[]) =>
  withClient(connection, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** Who owns the database and may make roles, and is bound by row-level security. */
async function makeOwner({ ownerConnection }: TestDatabase): Promise<TestConnection> {
  const user = `milkrun_role_${randomUUID().slice(0, 8)}`;
  roles.push(user, deriveAppLogin(ownerConnection.database, SECRET).user);
  await asSuperuser(ownerConnection, `create role ${user} login password 'pass' createrole`, `alter database ${ownerConnection.database} owner to ${user}`);
  return { ...ownerConnection, user, password: "pass" };
}

function prepareTarget() {
  const env = {
    DATABASE_URL: addressOf(owner),
    MIGRATION_DATABASE_URL: undefined,
    MILKRUN_SECRET: SECRET,
    MILKRUN_DATA_DIR: "/nowhere",
    MILKRUN_POSTGRES_DIR: "/nowhere",
  };
  return prepareDatabase({ env, log: silentLog, migrateQueue });
}

function move(options: Partial<MoveOptions> = {}): Promise<Map<string, number>> {
  return copyDatabase({
    source: source.ownerConnection,
    target: owner,
    prepareTarget,
    migrationsDir: "prisma/migrations",
    onProgress: () => {},
    signal: new AbortController().signal,
    ...options,
  });
}

/** Everything in the tables of a database, by table. */
function readAll({ ownerConnection }: TestDatabase): Promise<Map<string, unknown[]>> {
  return withClient(ownerConnection, async (client) => {
    const contents = new Map<string, unknown[]>();
    for (const { name } of await readTables(client)) {
      contents.set(name, (await client.query(`select to_jsonb(one) as row from ${name} as one order by to_jsonb(one)::text`)).rows);
    }
    return contents;
  });
}

/** What belongs to the tables: keys, checks, triggers, policies, and what the role of the app may do. */
function readSchema({ ownerConnection }: TestDatabase, role: string): Promise<unknown> {
  const schemas = "('public', 'app', 'graphile_worker')";
  return withClient(ownerConnection, async (client) => [
    (
      await client.query(
        `select conrelid::regclass::text as table, conname, pg_get_constraintdef(oid) as definition, convalidated from pg_constraint
         where connamespace::regnamespace::text in ${schemas} order by 1, 2`,
      )
    ).rows,
    (await client.query("select tgrelid::regclass::text as table, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2")).rows,
    (
      await client.query(
        `select oid::regclass::text as table, relrowsecurity, relforcerowsecurity from pg_class where relkind = 'r' and relnamespace::regnamespace::text in ${schemas} order by 1`,
      )
    ).rows,
    (await client.query(`select schemaname, tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2, 3`)).rows,
    (
      await client.query("select table_schema, table_name, privilege_type from information_schema.role_table_grants where grantee = $1 order by 1, 2, 3", [
        role,
      ])
    ).rows,
  ]);
}

const countItems = (database: TestDatabase) =>
  withClient(database.ownerConnection, async (client) => (await client.query<{ items: number }>("select count(*)::int as items from item")).rows[0]?.items);

test("an owner who is bound by row-level security gets everything, with the keys, triggers, policies and rights of a Milkrun made there", async () => {
  const progress: MoveProgress[] = [];
  const before = await readAll(source);
  const counts = await move({ onProgress: (one) => progress.push(one) });
  expect(counts.get("public.item")).toBe(300);
  expect(await readAll(target)).toEqual(before);
  expect(await readAll(source)).toEqual(before);
  const role = deriveAppLogin(target.ownerConnection.database, SECRET).user;
  expect(await readSchema(target, role)).toEqual(await readSchema(source, inject("testServer").app.user));
  expect(progress).toContainEqual(expect.objectContaining({ step: "copy", table: "public.item", rows: 300, isDone: true }));
  expect(progress.at(-1)).toEqual({ step: "compare" });
});

test("the moved data is worked with as before: an organization sees its own, and new rows get numbers that nobody has", async () => {
  await move();
  const { connection } = await prepareTarget();
  const moved = createDatabase(connection, { poolSize: 2, log: silentLog });
  try {
    expect(await moved.withTenant(organization.orgId, (tx) => tx.item.count())).toBe(300);
    expect(await moved.withTenant(randomUUID(), (tx) => tx.item.count())).toBe(0);
    const last = await moved.system.item.findFirstOrThrow({ orderBy: { id: "desc" } });
    const { id: _id, ...values } = { ...last, fields: {}, key: "new" };
    const added = await moved.withSystem((tx) => tx.item.create({ data: values }));
    expect(added.id).toBeGreaterThan(last.id);
  } finally {
    await moved.close();
  }
});

test("every table is moved, with something in each of its columns", async () => {
  const filled = await createTestDatabase();
  targets.push(filled);
  await withClient(filled.ownerConnection, fillEverything);
  const counts = await move({
    source: filled.ownerConnection,
    prepareTarget: async () => {
      await prepareTarget();
      await withClient(target.ownerConnection, dropChecks);
    },
  });
  expect([...counts].filter(([, rows]) => rows === 0)).toEqual([]);
  expect(await readAll(target)).toEqual(await readAll(filled));
});

/** A row in each table, of something of its type in each column; what would check it is dropped. */
async function fillEverything(client: pg.Client): Promise<void> {
  await dropChecks(client);
  await client.query("set session_replication_role = replica");
  for (const { name, columns } of await readTables(client)) {
    if (name === "public.installation") continue;
    const { rows } = await client.query<{ type: string; label: string | null; identity: boolean }>(
      `select t.typname as type, a.attidentity <> '' as identity, (select enumlabel from pg_enum where enumtypid = t.oid limit 1) as label
       from pg_attribute a join pg_type t on t.oid = a.atttypid where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
      [name],
    );
    const written = rows.map((row, index) => ({ ...row, name: columns[index]?.name })).filter(({ identity }, index) => !identity && !columns[index]?.computed);
    const values = written.map(({ type, label }) => (label === null ? somethingOf(type) : `'${label}'`));
    await client.query(`insert into ${name} (${written.map((column) => column.name).join(", ")}) values (${values.join(", ")})`);
  }
}

async function dropChecks(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop from pg_constraint
     where contype in ('c', 'f') and connamespace::regnamespace::text in ('public', 'app', 'graphile_worker')`,
  );
  for (const { drop } of rows) await client.query(drop);
}

describe("nothing is moved, and what is there stays,", () => {
  test("where a Milkrun's data is: a second move is refused", async () => {
    await move();
    const before = await readAll(target);
    await expect(move()).rejects.toThrow(/holds what a Milkrun has stored \(in .*\)\. It is not overwritten and nothing was moved: name an empty database/);
    expect(await readAll(target)).toEqual(before);
  });

  test("where a Milkrun was started that nobody has set up", async () => {
    await prepareTarget();
    await asSuperuser(target.ownerConnection, "update installation set key_check = 'sealed'");
    await expect(move()).rejects.toThrow("holds what a Milkrun has stored (in public.installation)");
  });

  test("where something of somebody else's is", async () => {
    await asSuperuser(target.ownerConnection, "create table public.precious (id int)");
    await expect(move()).rejects.toThrow("holds something already, for instance public.precious. Nothing was moved");
    expect(await withClient(target.ownerConnection, readTables)).toEqual([expect.objectContaining({ name: "public.precious" })]);
  });

  test.each([
    ["keeps no Unicode", "SQL_ASCII", "keeps texts as SQL_ASCII. Nothing was moved: make it anew with CREATE DATABASE"],
    ["knows ASCII letters only", "UTF8", "only ASCII letters count as letters (its LC_CTYPE), so that a search would not find others. Nothing was moved"],
  ])("where a database %s", async (_what, encoding, sentence) => {
    const name = `${target.ownerConnection.database}_c`;
    const admin = { ...target.ownerConnection, database: "postgres" };
    await asSuperuser(
      admin,
      `create database ${name} owner ${owner.user} encoding '${encoding}' locale_provider libc lc_collate 'C' lc_ctype 'C' template template0`,
    );
    try {
      await expect(move({ target: { ...owner, database: name } })).rejects.toThrow(sentence);
      expect(await withClient({ ...admin, database: name }, readTables)).toEqual([]);
    } finally {
      await asSuperuser(admin, `drop database ${name} with (force)`);
    }
  });

  test.each(["the data", "the database"])("while a Milkrun works on %s; when it has ended, all is", async (what) => {
    await prepareTarget();
    const liveness = createLiveness(what === "the data" ? source.ownerConnection : target.ownerConnection, randomUUID(), silentLog);
    await liveness.start();
    await expect(move()).rejects.toThrow(new RegExp(`^A Milkrun works on ${what}.* Nothing was moved: stop all of its processes`));
    expect(await countItems(target)).toBe(0);
    await liveness.stop();
    // The server notices within moments that the connection has ended.
    await expect.poll(() => move().then(() => countItems(target), String), { timeout: 60_000 }).toBe(300);
  });

  test("where the data is of an older version", async () => {
    const old = await createEmptyDatabase();
    targets.push(old);
    await withClient(old.ownerConnection, (client) => migratePartly(client, (name) => name < "20261127160000"));
    await expect(move({ source: old.ownerConnection })).rejects.toThrow(
      "The data is of an older version. Nothing was moved: start this version of Milkrun once",
    );
    expect(await withClient(target.ownerConnection, readTables)).toEqual([]);
  });

  test("by a user who does not own the tables", async () => {
    const { connection } = await prepareTarget();
    await expect(move({ target: connection })).rejects.toThrow("The user of DATABASE_URL may not make and change Milkrun's tables");
    expect(await countItems(target)).toBe(0);
  });

  test("when it is broken off, and the next attempt moves all", async () => {
    const stop = new AbortController();
    let copied = 0;
    const onProgress = (progress: MoveProgress) => {
      if (progress.step !== "copy" || progress.table !== "public.item") return;
      copied = progress.rows;
      stop.abort(new Error("stopped by a person"));
    };
    await expect(move({ onProgress, signal: stop.signal })).rejects.toThrow("stopped by a person");
    expect(copied).toBeGreaterThan(0);
    expect(await countItems(target)).toBe(0);
    await move();
    expect(await countItems(target)).toBe(300);
  });

  test("when the other side does not show all that was written there, which names the table", async () => {
    const hidden = async () => {
      await prepareTarget();
      await asSuperuser(target.ownerConnection, "create policy hide on item as restrictive for select using (key <> '7')");
    };
    await expect(move({ prepareTarget: hidden })).rejects.toThrow("The table public.item arrived with 299 rows instead of 300, so the move was undone");
    expect(await countItems(target)).toBe(0);
  });
});
