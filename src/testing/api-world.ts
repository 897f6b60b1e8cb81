import { randomUUID } from "node:crypto";
import type { ApiContext, ApiSession } from "@/api/context";
import type { MemberSession } from "@/api/init";
import { createCaller } from "@/api/root";
import { makeApiKey } from "@/auth/api-key";
import { createApiKey } from "@/db/api-keys";
import { createDatabase, type Database } from "@/db/client";
import type { KeyIdentity } from "@/db/valid-keys";
import type { KeyScope } from "@/domain/api-key";
import type { Role } from "@/domain/roles";
import { createTestDatabase, type TestDatabase } from "./database";
import { createOrganization, type OrganizationOptions, type TestOrganization } from "./factories";
import { silentLog } from "./silent-log";
import { testKeys } from "./test-keys";

export interface LoggedEntry {
  level: "warn" | "error";
  details: object;
  message: string;
}

/** Who calls: a person, a program with its API key, or nobody. */
export type Asker = ApiSession | KeyIdentity | null;

/** A database with the API in front of it, without HTTP. */
export interface ApiWorld {
  db: Database;
  testDatabase: TestDatabase;
  /** What the API logged. */
  logged: LoggedEntry[];
  context(asker: Asker): ApiContext;
  /** Calls procedures as this person or program; as nobody with null. */
  caller(asker: Asker, options?: { signal?: AbortSignal }): ReturnType<typeof createCaller>;
  /** An organization and its owner's session. */
  organization(options?: OrganizationOptions): Promise<TestOrganization & { session: MemberSession }>;
  /** A new person with this role, signed in. */
  join(orgId: string, role: Role | string): Promise<MemberSession>;
  /** A new API key with these scopes, and what a program sends to use it. */
  key(organization: { orgId: string; userId: string }, scopes: KeyScope[]): Promise<KeyIdentity & { token: string; prefix: string }>;
  close(): Promise<void>;
}

export async function createApiWorld(): Promise<ApiWorld> {
  const testDatabase = await createTestDatabase();
  const db = createDatabase(testDatabase.connection, { poolSize: 8, log: silentLog, keys: testKeys });
  await db.listener.start();
  const logged: LoggedEntry[] = [];
  const log = (["warn", "error"] as const).map((level) => [level, (details: object, message: string) => void logged.push({ level, details, message })]);
  const runRetention = { days: 90, count: 10_000 };
  const settings = { baseUrl: "http://localhost:3000", version: "0.0.0", runLimitMs: 900_000, minimumSpacingMs: 60_000, runRetention };
  const environment = { db, settings, log: Object.fromEntries(log), mailer: null };
  const context = (asker: Asker): ApiContext => {
    const isKey = asker !== null && !("userId" in asker);
    const who = { session: isKey ? null : asker, apiKey: isKey ? asker : null };
    return { ...environment, ...who, clientAddress: randomUUID(), shownOrganizationId: null };
  };
  return {
    db,
    testDatabase,
    logged,
    context,
    caller: (asker, options) => createCaller(context(asker), options),
    async organization(options) {
      const organization = await createOrganization(db, options);
      return { ...organization, session: await signIn(db, organization.userId, organization.orgId) };
    },
    async join(orgId, role) {
      const user = await db.system.user.create({ data: { name: "Grace Hopper", email: `${randomUUID()}@example.org` } });
      await db.system.member.create({ data: { organizationId: orgId, userId: user.id, role } });
      return signIn(db, user.id, orgId);
    },
    async key({ orgId, userId }, scopes) {
      const { token, stored } = makeApiKey();
      await db.withTenant(orgId, (tx) => createApiKey(tx, orgId, { name: "Reporting", scopes, expiresInDays: 90 }, { ...stored, createdById: userId }));
      return { id: stored.id, organizationId: orgId, token, prefix: stored.prefix };
    },
    async close() {
      await db.close();
      await testDatabase.drop();
    },
  };
}

async function signIn(db: Database, userId: string, organizationId: string): Promise<MemberSession> {
  const [row] = await db.system.$queryRaw<[{ id: string }]>`
    insert into session (id, user_id, token, expires_at, active_organization_id, updated_at)
    values (gen_random_uuid(), ${userId}::uuid, ${randomUUID()}, clock_timestamp() + interval '1 hour', ${organizationId}::uuid, clock_timestamp())
    returning id::text`;
  return { id: row.id, userId, organizationId };
}
