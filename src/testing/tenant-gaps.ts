import type pg from "pg";

/** Two organizations that have a row in the table, and the role that Milkrun works as. */
export interface TenantCheck {
  role: string;
  mine: string;
  theirs: string;
}

/**
 * What keeps the rows of a table from other organizations is tried: in words, whatever does not hold. Everything is undone.
 * @param client As a superuser, in a transaction; what it changed there is tried too.
 */
export async function findTenantGaps(client: pg.Client, table: string, check: TenantCheck): Promise<string[]> {
  return [...(await findMissingPolicies(client, table)), ...(await tryAsTenant(client, table, check))].map((gap) => `${table}: ${gap}`);
}

async function findMissingPolicies(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ enabled: boolean; forced: boolean; policies: string[] }>(
    `select c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
       array(select p.permissive || ' ' || p.cmd || ' ' || p.qual || ' ' || p.with_check from pg_policies p
             where p.schemaname = 'public' and p.tablename = c.relname order by 1) as policies
     from pg_class c where c.oid = $1::regclass`,
    [`public."${table}"`],
  );
  const [found] = rows;
  const test = "((org_id = ( SELECT app.current_org() AS current_org)) OR ( SELECT app.is_system() AS is_system))";
  const wanted = ["PERMISSIVE", "RESTRICTIVE"].map((kind) => `${kind} ALL ${test} ${test}`);
  return [
    ...(found?.enabled ? [] : ["row-level security is off"]),
    ...(found?.forced ? [] : ["row-level security is not forced"]),
    ...(JSON.stringify(found?.policies) === JSON.stringify(wanted) ? [] : [`its policies are ${found?.policies.join("; ") || "none"}`]),
  ];
}

/** Each statement, and how many rows it may see or change; null where it must be refused. */
const statementsOn = (table: string, { mine, theirs }: TenantCheck): [sql: string, rows: number | null, gap: string][] => [
  [`select 1 from "${table}" where org_id = '${mine}'`, 1, "its own people do not see their row"],
  [`select 1 from "${table}" where org_id <> '${mine}'`, 0, "rows of others can be read"],
  [`update "${table}" set org_id = org_id where org_id = '${theirs}'`, 0, "rows of others can be changed"],
  [`delete from "${table}" where org_id = '${theirs}'`, 0, "rows of others can be deleted"],
  [`update "${table}" set org_id = '${theirs}' where org_id = '${mine}'`, null, "a row can be given to others"],
  [
    `insert into "${table}" select (jsonb_populate_record(null::"${table}", to_jsonb(own) || '{"org_id": "${theirs}"}')).* from "${table}" own where org_id = '${mine}'`,
    null,
    "a row can be written for others",
  ],
];

const INSUFFICIENT_PRIVILEGE = "42501";

async function tryAsTenant(client: pg.Client, table: string, check: TenantCheck): Promise<string[]> {
  const gaps: string[] = [];
  await client.query("savepoint as_tenant");
  await client.query(`set local role "${check.role}"`);
  await client.query("select set_config('app.org_id', $1, true)", [check.mine]);
  for (const [sql, rows, gap] of statementsOn(table, check)) {
    await client.query("savepoint attempt");
    const outcome = await client.query(sql).then(
      ({ rowCount }) => rowCount,
      (error: pg.DatabaseError) => (error.code === INSUFFICIENT_PRIVILEGE ? "refused" : (error.code ?? "failed")),
    );
    await client.query("rollback to attempt");
    const isRight = outcome === rows || (outcome === "refused" && rows !== 1);
    if (!isRight) gaps.push(gap);
  }
  await client.query("rollback to as_tenant");
  return gaps;
}
