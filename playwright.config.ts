import { randomUUID } from "node:crypto";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { WITHOUT_ADDRESS_BAR } from "./e2e/fixtures/chromium-features";
import type { RunOptions } from "./e2e/fixtures/test";

// Evaluated again in every worker process, which inherits what the first evaluation chose.
process.env.E2E_PORT ??= String(await findFreePort());
process.env.E2E_SITE_PORT ??= String(await findFreePort());
// The server makes it.
process.env.E2E_DATA_DIR ??= path.join(os.tmpdir(), `milkrun-e2e-${randomUUID()}`);
const baseURL = `http://localhost:${process.env.E2E_PORT}`;
const sessionFile = path.join(process.env.E2E_DATA_DIR, "session.json");

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Browser tests against the production build, each run with a database of its own. */
export default defineConfig<object, RunOptions>({
  testDir: "e2e",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  projects: [
    // In `npm test` one server is claimed in the browser: the other need not spend its first 40 s on the same pages.
    { name: "set-up", testMatch: process.env.E2E_CLAIM === "api" ? "claim-by-api.setup.ts" : "claim.setup.ts" },
    // Everybody shares the session of the claim: signing in is rate limited.
    { name: "browser", dependencies: ["set-up"], use: { storageState: sessionFile } },
  ],
  use: {
    baseURL,
    sitePort: Number(process.env.E2E_SITE_PORT),
    sessionFile,
    locale: "en-GB",
    timezoneId: "Europe/London",
    contextOptions: { reducedMotion: "reduce" },
    // Actions, requests and the console of what failed. Pictures of each step of every test would cost a third of the time.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        WITHOUT_ADDRESS_BAR,
      ],
    },
  },
  webServer: {
    command: "node dist/server.mjs",
    // The tests find the one-time link's token in process.env.SETUP_TOKEN.
    wait: { stdout: /\/setup\?token=(?<setup_token>[\w-]+)/ },
    timeout: 60_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 35_000 },
    env: {
      NODE_ENV: "production",
      PORT: process.env.E2E_PORT,
      BASE_URL: baseURL,
      MILKRUN_DATA_DIR: process.env.E2E_DATA_DIR,
      DATABASE_URL: "",
      MIGRATION_DATABASE_URL: "",
      LOG_LEVEL: "warn",
      // The tests serve sources there, and nowhere else on this machine.
      FETCH_ALLOW_CIDRS: "127.0.0.1/32",
      FETCH_ALLOW_PORTS: process.env.E2E_SITE_PORT,
    },
  },
});
