import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Imports that the linter must refuse, and some that it must let pass, by the folder they stand in. */
const REFUSED: Record<string, string[]> = {
  domain: ["react", "node:fs", "@/db/runs", "graphile-worker", "pg"],
  config: ["@/db/runs", "@/log/logger", "pg"],
  log: ["@/db/runs", "@/domain/run"],
  db: ["@/worker/worker", "@/collectors/feed", "graphile-worker", "undici", "node:http"],
  collectors: ["@/db/runs", "@/config/env", "pg", "@prisma/client", "undici", "node:https"],
  metrics: ["@/api/root", "@/config/env", "pg", "node-cron"],
  scheduler: ["@/worker/worker", "@/api/root", "prom-client", "graphile-worker", "pg"],
  worker: ["@/scheduler/scheduler", "@/api/root", "node-cron", "prom-client", "undici", "@/generated/prisma/client"],
  files: ["@/db/runs", "@/config/env", "@/api/root", "pg", "undici", "react"],
  notifications: ["@/db/runs", "@/config/env", "@/api/root", "undici", "node:http"],
  auth: ["@/worker/worker", "@/api/root", "@prisma/client", "nodemailer"],
  api: [
    "@/scheduler/scheduler",
    "@/worker/worker",
    "@/collectors/feed",
    "@/config/env",
    "@/ui/theme",
    "pg",
    "next/headers",
    "better-auth/plugins",
    "nodemailer",
  ],
  ui: ["@/db/runs", "@/config/env", "@/log/logger", "@/auth/auth", "node:fs", "node:fs/promises", "@/api/root"],
  app: ["@/worker/worker", "@/scheduler/scheduler", "@/collectors/feed", "pg", "undici"],
};
const ALLOWED: Record<string, string[]> = {
  domain: ["zod", "cron-parser", "./run"],
  db: ["@/domain/run", "@/config/env", "pg", "@/generated/prisma/client", "node:fs"],
  collectors: ["@/domain/item", "cheerio", "node:zlib"],
  metrics: ["prom-client", "@/db/runs", "@/scheduler/observer"],
  scheduler: ["node-cron", "@/db/runs", "@/domain/run"],
  worker: ["graphile-worker", "@/collectors/collect", "@/db/runs"],
  files: ["@/domain/item-export", "node:zlib", "./zip-stream"],
  notifications: ["nodemailer", "@/domain/mail"],
  api: ["@/db/runs", "@/auth/claim", "@/domain/run", "@trpc/server"],
  ui: ["react", "@/domain/run", "@/ui/theme"],
};

/** Ways to open a connection: refused wherever they stand, but for the files that are there to do so. */
const WAYS_OUT = [
  'import { request } from "undici";\nrequest("x");\n',
  'import { type Server, request } from "node:http";\nexport const server: Server = request("x");\n',
  'import * as https from "https";\nhttps.get("x");\n',
  'import tls from "node:tls";\ntls.connect(443);\n',
  'import { connect } from "node:net";\nconnect(443);\n',
  'import { createSocket } from "node:dgram";\ncreateSocket("udp4");\n',
  'import { lookup } from "node:dns/promises";\nlookup("x");\n',
  'export { request } from "undici";\n',
  'export const { request } = await import("undici");\n',
  "export const { request } = await import(`node:http2`);\n",
  "export const load = (name: string) => import(name);\n",
  'export const { request } = require("http");\n',
  'export const http = process.getBuiltinModule("node:http");\n',
  'export const page = fetch("x");\n',
  'export const page = globalThis.fetch("x");\n',
  'export const page = global["fetch"]("x");\n',
  "export const { fetch: get } = globalThis;\n",
  'export const socket = new WebSocket("x");\n',
];
const NO_WAYS_OUT = [
  'import type { Server } from "node:http";\nexport const server: Server | null = null;\n',
  'import { isIPv4 } from "node:net";\nexport const is = isIPv4("x");\n',
  'export const load = () => import("node:zlib");\n',
  "export const shared = globalThis as { [key: symbol]: unknown };\n",
];
const MADE_FOR_IT = [
  "src/collectors/fetch-page.ts",
  "src/collectors/guard-connect.ts",
  "src/collectors/post-message.ts",
  "src/collectors/resolve-name.ts",
  "src/http-server.ts",
  "src/start-web.ts",
];

let folder: string;
let complaints: Set<string>;

const fileOf = (layer: string, index: number, kind: string) => `src/${layer}/${kind}-${index}.ts`;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-layers-"));
  fs.cpSync("scripts/lint", path.join(folder, "scripts/lint"), { recursive: true });
  const settings = JSON.parse(fs.readFileSync("biome.json", "utf8")) as object;
  fs.writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ ...settings, $schema: undefined, vcs: undefined }));
  for (const [kind, table] of [["refused", REFUSED] as const, ["allowed", ALLOWED] as const]) {
    for (const [layer, modules] of Object.entries(table))
      for (const [index, module] of modules.entries()) plant(fileOf(layer, index, kind), `import { it } from "${module}";\nit();\n`);
  }
  plant("src/ui/type.ts", 'import type { Root } from "@/api/root";\nexport const root: Root | null = null;\n');
  plant("src/scheduler/now.ts", "export const now = new Date();\n");
  plant("src/scheduler/now-ms.ts", "export const now = Date.now();\n");
  plant("src/scheduler/instant.ts", "export const instant = new Date(5);\n");
  for (const layer of ["worker", "collectors"]) for (const [index, text] of WAYS_OUT.entries()) plant(fileOf(layer, index, "way-out"), text);
  for (const [index, text] of NO_WAYS_OUT.entries()) plant(fileOf("worker", index, "no-way-out"), text);
  for (const file of MADE_FOR_IT) plant(file, `${WAYS_OUT[0]}${WAYS_OUT[4]}`);
  plant("src/auth/cipher.ts", 'import { createCipheriv } from "node:crypto";\nexport const cipher = createCipheriv("aes-256-cbc", "", null);\n');
  plant("src/worker/env.ts", "export const home = process.env.HOME;\n");
  complaints = await lint();
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function plant(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), text);
}

/** The files that the linter complains about. */
function lint(): Promise<Set<string>> {
  const biome = path.resolve("node_modules/@biomejs/biome/bin/biome");
  const options = ["lint", "--reporter=github", "--max-diagnostics=1000"];
  return new Promise((resolve) => {
    execFile(process.execPath, [biome, ...options, "."], { cwd: folder, maxBuffer: 10_000_000 }, (_error, output) => {
      resolve(new Set([...output.matchAll(/file=([^,]+)/g)].map(([, file]) => path.relative(fs.realpathSync(folder), file ?? ""))));
    });
  });
}

test.each(Object.entries(REFUSED))("%s/ may not import what is not its business", (layer, modules) => {
  expect(modules.filter((_module, index) => !complaints.has(fileOf(layer, index, "refused")))).toEqual([]);
});

test.each(Object.entries(ALLOWED))("%s/ may import what it is made for", (layer, modules) => {
  expect(modules.filter((_module, index) => complaints.has(fileOf(layer, index, "allowed")))).toEqual([]);
});

test("pages may import the API's types", () => {
  expect(complaints).not.toContain("src/ui/type.ts");
});

test("the present is asked for in domain/clock.ts alone", () => {
  expect([...complaints]).toEqual(expect.arrayContaining(["src/scheduler/now.ts", "src/scheduler/now-ms.ts"]));
  expect(complaints).not.toContain("src/scheduler/instant.ts");
});

test("settings are read in config/ alone", () => {
  expect(complaints).toContain("src/worker/env.ts");
});

test.each(["worker", "collectors"])("nothing in %s/ can open a connection behind the guard's back", (layer) => {
  expect(WAYS_OUT.filter((_text, index) => !complaints.has(fileOf(layer, index, "way-out")))).toEqual([]);
});

test("what opens no connection may be named", () => {
  expect(NO_WAYS_OUT.filter((_text, index) => complaints.has(fileOf("worker", index, "no-way-out")))).toEqual([]);
});

test("the guarded fetcher may connect, and the servers may listen", () => {
  expect(MADE_FOR_IT.filter((file) => complaints.has(file))).toEqual([]);
});

test("no file asks the linter to look away", () => {
  const files = fs.readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file) && !file.startsWith("generated"));
  expect(
    files.filter((file) => /biome-ignore(?:-all|-start)? lint(?:\/plugin|\/style\/noRestricted|:)/.test(fs.readFileSync(path.join("src", file), "utf8"))),
  ).toEqual([]);
});

test("secrets are encrypted in db/sealed-value.ts alone", () => {
  expect(complaints).toContain("src/auth/cipher.ts");
});
