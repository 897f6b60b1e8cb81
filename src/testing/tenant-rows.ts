import type pg from "pg";

/** The tables that hold rows of organizations: whatever has an org_id. */
export async function listTenantTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.table_name as name from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
     where c.table_schema = 'public' and c.column_name = 'org_id' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Puts a row of each organization into each tenant table, so that one added later is covered too: something of its type in every column that
 * needs it, without regard to checks and foreign keys.
 * @param client As a superuser, on a database that is good for nothing else afterwards.
 */
export async function fillTenantTables(client: pg.Client, orgIds: readonly string[]): Promise<void> {
  await client.query("set session_replication_role = replica");
  for (const table of await listTenantTables(client)) {
    await dropChecks(client, table);
    for (const orgId of orgIds) await insertRow(client, table, orgId);
  }
  await client.query("set session_replication_role = default");
}

async function dropChecks(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>("select conname as name from pg_constraint where contype = 'c' and conrelid = $1::regclass", [
    `public."${table}"`,
  ]);
  for (const { name } of rows) await client.query(`alter table "${table}" drop constraint "${name}"`);
}

async function insertRow(client: pg.Client, table: string, orgId: string): Promise<void> {
  const { rows: columns } = await client.query<{ name: string; type: string; label: string | null }>(
    `select a.attname as name, t.typname as type, (select enumlabel from pg_enum where enumtypid = t.oid order by enumsortorder limit 1) as label
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attname <> 'org_id'`,
    [`public."${table}"`],
  );
  const names = ["org_id", ...columns.map(({ name }) => name)].map((name) => `"${name}"`);
  const values = [`'${orgId}'`, ...columns.map(({ type, label }) => (label === null ? somethingOf(type) : `'${label}'`))];
  await client.query(`insert into "${table}" (${names.join(", ")}) values (${values.join(", ")})`);
}

/** An expression for a value of a type, by the name that PostgreSQL has for it within. */
export function somethingOf(type: string): string {
  return SOMETHING[type] ?? (type.startsWith("_") ? "'{}'" : A_TEXT);
}

/** Some texts are unique. */
const A_TEXT = "gen_random_uuid()::text";

/** An expression for a value of each type that is no text. */
const SOMETHING: Record<string, string> = {
  uuid: "gen_random_uuid()",
  timestamptz: "now()",
  int4: "1",
  int8: "1",
  float8: "1",
  bool: "false",
  json: "'{}'",
  jsonb: "'{}'",
  bytea: "'\\x00'",
  int2: "1",
  tsvector: "'word:1'",
};
