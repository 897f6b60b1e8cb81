import { spawnSync } from "node:child_process";
import fs from "node:fs";
import pg from "pg";
import { expect, test } from "vitest";
import { bundle } from "@/testing/bundle";
import { createLogger, type Logger } from "./logger";

/** Stands in every place where a secret has been seen to hide. */
const CANARY = "canary-7d1f0c";

function record(write: (log: Logger) => void): string {
  const lines: string[] = [];
  write(createLogger({ level: "trace", destination: { write: (line) => void lines.push(line) } }));
  expect(lines.length).toBeGreaterThan(0);
  return lines.join("");
}

const clientError = Object.assign(new Error(`login failed for postgresql://milkrun:${CANARY}@db/milkrun`), {
  code: "28P01",
  client: new pg.Client({ password: CANARY }),
});

test.each<[string, (log: Logger) => void]>([
  ["a password", (log) => log.info({ user: { password: CANARY } }, "x")],
  ["a token by another name", (log) => log.info({ setupToken: CANARY, apiKey: "a", api_key: CANARY }, "x")],
  ["request headers", (log) => log.info({ request: { headers: { "x-anything": CANARY } } }, "x")],
  ["a cookie", (log) => log.info({ cookie: CANARY, "set-cookie": [CANARY] }, "x")],
  ["a database address by its name", (log) => log.info({ DATABASE_URL: CANARY, connectionString: CANARY }, "x")],
  ["a database address in a text", (log) => log.info(`using postgresql://milkrun:${CANARY}@db:5432/milkrun`)],
  ["a query string", (log) => log.info({ url: `https://example.org/feed?page=2&api_key=${CANARY}&access_token=${CANARY}` }, "x")],
  ["the set-up link", (log) => log.info(`open http://localhost:3000/setup?token=${CANARY}`)],
  ["an authorization in a text", (log) => log.info(`sent Authorization: Bearer ${CANARY}`)],
  ["an API key in a text", (log) => log.info(`tried mr_1a2b3c4d_${CANARY}`)],
  ["an error's message", (log) => log.error({ err: clientError }, "x")],
  ["an error by another key", (log) => log.error({ reason: clientError }, "x")],
  ["a bare error", (log) => log.error(clientError)],
  ["an error's cause", (log) => log.error({ err: new Error("outer", { cause: clientError }) }, "x")],
  ["a child logger", (log) => log.child({ secret: CANARY }).info("x")],
  ["an interpolated text", (log) => log.info("using %s", `https://user:${CANARY}@example.org/`)],
])("%s does not reach the log", (_where, write) => {
  expect(record(write)).not.toContain(CANARY);
});

test("what is not secret stays readable", () => {
  const line = record((log) => log.info({ url: "https://example.org/feed?page=2", count: 3n, at: new Date(0) }, "collected"));
  expect(JSON.parse(line)).toMatchObject({
    level: "info",
    msg: "collected",
    url: "https://example.org/feed?page=2",
    count: "3",
    at: "1970-01-01T00:00:00.000Z",
  });
});

test("an error keeps its type, message, code and stack", () => {
  const line = JSON.parse(record((log) => log.error({ err: clientError }, "no database"))) as { err: Record<string, unknown> };
  expect(Object.keys(line.err)).toEqual(["type", "message", "code", "stack"]);
  expect(line.err).toMatchObject({ type: "Error", code: "28P01" });
});

const FULL_DISK = "/dev/full";

test.runIf(fs.existsSync(FULL_DISK))("a full disk under the log stops nothing", async () => {
  const program = await bundle(
    "log-without-space",
    `import { createGracefulExit, exitOnSignals } from "@/graceful-exit";
     import { createLogger } from "@/log/logger";
     const log = createLogger({ level: "info" });
     exitOnSignals(createGracefulExit(log), log);
     for (let line = 0; line < 20_000; line++) log.info({ line }, "something that is long enough to fill what is kept");
     log.fatal("the worst");
     process.stdout.write("ready");
     setImmediate(() => process.stderr.write("goes on"));
     setTimeout(() => process.exit(0), 50);`,
  );
  const disk = fs.openSync(FULL_DISK, "w");
  const { status, stderr } = spawnSync(process.execPath, [program], { stdio: ["ignore", disk, "pipe"], encoding: "utf8", timeout: 20_000 });
  fs.closeSync(disk);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "goes on" });
});
