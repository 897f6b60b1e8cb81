import type pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import type { TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { recordAudit } from "./audit";
import type { Database } from "./client";
import { withClient } from "./connect";

let db: Database;
let server: TestDatabase;
let orgId: string;

ownDatabase((own) => {
  ({ db, server } = own);
});

beforeEach(async () => {
  ({ orgId } = await newOrganization());
  await db.withTenant(orgId, (tx) => recordAudit(tx, { orgId, actorId: null, actorName: "Milkrun", action: "schedule.pause", summary: "Paused" }));
});

/** Without sources: those that a preset uses keep an organization from being deleted in one go. */
const newOrganization = () => createOrganization(db, { urls: [] });

/** Runs a statement as the tables' owner, who is a superuser here, and undoes it. */
function asOwner(...statements: string[]): Promise<pg.QueryResult | undefined> {
  return withClient(server.ownerConnection, async (client) => {
    await client.query("begin");
    let result: pg.QueryResult | undefined;
    for (const statement of statements) result = await client.query(statement);
    await client.query("rollback");
    return result;
  });
}

const CHANGES = [
  ["changed", "update audit_entry set summary = 'Nothing'"],
  ["deleted", "delete from audit_entry"],
  ["emptied", "truncate audit_entry"],
  ["emptied with the organizations", "truncate organization cascade"],
];

describe("the audit", () => {
  it.each(CHANGES)("cannot be %s, not even by the owner of its table", async (_, statement) => {
    await expect(asOwner(statement)).rejects.toThrow("The audit is append-only");
  });

  it.each(CHANGES)("cannot be %s in a session that leaves out ordinary triggers", async (_, statement) => {
    await expect(asOwner("set local session_replication_role = replica", statement)).rejects.toThrow("The audit is append-only");
  });

  it.each(CHANGES)("could be %s without its triggers, which the tests above would notice", async (_, statement) => {
    await expect(asOwner("alter table audit_entry disable trigger user", statement)).resolves.toBeDefined();
  });

  it("goes with its organization, whoever deletes that", async () => {
    await db.system.organization.delete({ where: { id: orgId } });
    expect(await db.system.auditEntry.count({ where: { orgId } })).toBe(0);
  });

  it("stays whole when another organization is deleted", async () => {
    const other = await newOrganization();
    await db.system.organization.delete({ where: { id: other.orgId } });
    expect(await db.system.auditEntry.count({ where: { orgId } })).toBe(1);
  });
});

describe("an owner who is no superuser", () => {
  it("is bound as well", async () => {
    const statements = [
      "create role audit_owner nosuperuser",
      "grant all on schema public, app to audit_owner",
      "grant select on organization to audit_owner",
      "alter table audit_entry owner to audit_owner",
      "set local role audit_owner",
      "select set_config('app.scope', 'system', true)",
      "delete from audit_entry",
    ];
    await expect(asOwner(...statements)).rejects.toThrow("The audit is append-only");
  });
});
