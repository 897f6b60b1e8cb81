import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { createOrganization } from "@/testing/factories";
import { type OwnDatabase, ownDatabase } from "@/testing/own-database";
import { silentLog } from "@/testing/silent-log";
import { createDatabase, type Database } from "./client";

let own: OwnDatabase;
/** With a single connection: whoever left something in it, or kept it, would be noticed. */
let db: Database;

ownDatabase((opened) => {
  own = opened;
});

beforeAll(() => {
  db = createDatabase(own.server.connection, { poolSize: 1, log: silentLog });
});

afterAll(() => db.close());

const linesOf = (orgId: string, query: Prisma.Sql, timeZone = "UTC") => db.readLines({ orgId, timeZone }, query);
const ADDRESSES = Prisma.sql`select url as line from source order by url`;
const INSTANT = Prisma.sql`select to_json(timestamptz '2026-11-24T06:00:00Z') #>> '{}' as line`;

test("a reading sees one organization, in the zone that it names, and leaves neither to whoever has the connection next", async () => {
  const one = await createOrganization(db, { urls: ["https://one.example.org/a", "https://one.example.org/b"] });
  const other = await createOrganization(db, { urls: ["https://other.example.org/"] });
  expect(await linesOf(one.orgId, ADDRESSES)).toEqual(["https://one.example.org/a", "https://one.example.org/b"]);
  expect(await linesOf(one.orgId, INSTANT, "Europe/Berlin")).toEqual(["2026-11-24T07:00:00+01:00"]);
  expect(await linesOf(other.orgId, ADDRESSES)).toEqual(["https://other.example.org/"]);
  const left = Prisma.sql`select current_setting('TimeZone') = 'Europe/Berlin' as "isLeft"`;
  expect(await db.withTenant(other.orgId, (tx) => tx.$queryRaw(left))).toEqual([{ isLeft: false }]);
});

test("nothing is written by a reading, and one that fails takes no connection along", async () => {
  const { orgId } = await createOrganization(db);
  const deletes = Prisma.sql`with gone as (delete from source returning url) select url as line from gone`;
  const breaksOff = Prisma.sql`select (1 / (3 - n))::text as line from generate_series(1, 5) n`;
  await expect(linesOf(orgId, deletes)).rejects.toThrow(/read-only/);
  await expect(linesOf(orgId, breaksOff)).rejects.toThrow(/division by zero/);
  await expect(linesOf(orgId, ADDRESSES, "Nowhere/Land")).rejects.toThrow(/TimeZone/);
  expect(await linesOf(orgId, ADDRESSES)).toHaveLength(1);
});
