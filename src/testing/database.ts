import { randomUUID } from "node:crypto";
import type pg from "pg";
import { inject } from "vitest";
import type { AppLogin } from "@/db/app-role";
import { withClient } from "@/db/connect";

export interface TestConnection extends pg.ClientConfig {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

/** What the global set-up hands to the test files. */
export interface TestServer {
  /** As a superuser. */
  admin: TestConnection;
  template: string;
  app: AppLogin;
}

export interface TestDatabase {
  /** As the restricted role, which is how Milkrun works. */
  connection: TestConnection;
  /** As a superuser: to prepare and to look behind row-level security. */
  ownerConnection: TestConnection;
  drop(): Promise<void>;
}

/** A migrated database of its own for a test file; drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { template } = inject("testServer");
  return createDatabaseFrom(template);
}

/** A database without Milkrun's schema, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabaseFrom("template0");
}

async function createDatabaseFrom(template: string): Promise<TestDatabase> {
  const { admin, app } = inject("testServer");
  const database = `milkrun_test_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  await withClient(admin, (client) => client.query(`create database ${database} template ${template}`));
  return {
    connection: { ...admin, ...app, database },
    ownerConnection: { ...admin, database },
    async drop() {
      await withClient(admin, (client) => client.query(`drop database if exists ${database} with (force)`));
    },
  };
}

/** The same connection as an address, the way a person would set DATABASE_URL. */
export function addressOf({ host, port, user, password, database }: TestConnection): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
