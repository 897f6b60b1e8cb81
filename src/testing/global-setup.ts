import { randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import pino from "pino";
import type { TestProject } from "vitest/node";
import { deriveAppLogin, ensureAppRole, grantToApp } from "@/db/app-role";
import { withClient } from "@/db/connect";
import { startEmbedded } from "@/db/embedded";
import { applyMigrations, withMigrationLock } from "@/db/migrate";
import { grantQueue } from "@/db/queue-grants";
import { migrateQueue } from "@/worker/migrate-queue";
import type { TestServer } from "./database";

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

/**
 * One cluster for the run, whichever of the projects have tests in it, with a migrated template that each test file clones. TEST_DATABASE_URL,
 * a superuser's, is used instead when set.
 */
export default async function setup(project: TestProject) {
  store[KEY] ??= { users: 0, server: startServer() };
  const shared = store[KEY];
  shared.users++;
  const { testServer, stop } = await shared.server;
  project.provide("testServer", testServer);
  return async () => {
    shared.users--;
    if (shared.users > 0) return;
    delete store[KEY];
    await stop();
  };
}

// Each project loads a copy of this module; globalThis is all they share.
const KEY = Symbol.for("milkrun.testServer");
const store = globalThis as { [KEY]?: { users: number; server: ReturnType<typeof startServer> } };

async function startServer() {
  const { admin, stop } = process.env.TEST_DATABASE_URL ? { admin: parseAddress(process.env.TEST_DATABASE_URL), stop: async () => {} } : await startCluster();
  const testServer: TestServer = {
    admin,
    template: `milkrun_template_${randomUUID().slice(0, 8)}`,
    // Roles belong to the whole cluster: every test database shares this one.
    app: deriveAppLogin("milkrun_test", "a secret for tests only"),
  };
  await makeTemplate(testServer);
  return {
    testServer,
    stop: async () => {
      await withClient(admin, (client) => client.query(`drop database ${testServer.template} with (force)`));
      await stop();
    },
  };
}

async function startCluster() {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-test-"));
  // mkdtemp makes folders that PostgreSQL's user cannot enter when we are root.
  fs.chmodSync(dataDir, 0o755);
  const postgres = await startEmbedded({ dataDir, relocationDir: dataDir, log: pino({ level: "silent" }), fast: true });
  const stop = async () => {
    await postgres.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  return { admin: postgres.connection, stop };
}

async function makeTemplate({ admin, template, app }: TestServer): Promise<void> {
  await withClient(admin, (client) => client.query(`create database ${pg.escapeIdentifier(template)}`));
  const owner = { ...admin, database: template };
  await withMigrationLock(owner, async (client) => {
    await applyMigrations(client, path.resolve("prisma/migrations"));
    await migrateQueue(owner);
    await ensureAppRole(client, app, { ...owner, ...app });
    await grantToApp(client, app.user);
    await grantQueue(client, app.user);
  });
}

function parseAddress(address: string): TestServer["admin"] {
  const url = new URL(address);
  const host = url.searchParams.get("host") ?? url.hostname;
  return {
    host,
    port: Number(url.port || 5432),
    user: url.searchParams.get("user") ?? decodeURIComponent(url.username),
    password: url.searchParams.get("password") ?? decodeURIComponent(url.password),
    database: url.pathname.slice(1) || "postgres",
  };
}
