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
  collectors: ["@/db/runs", "@/config/env", "pg", "@prisma/client"],
  metrics: ["@/api/root", "@/config/env", "pg", "node-cron"],
  scheduler: ["@/worker/worker", "@/api/root", "prom-client", "graphile-worker", "pg"],
  worker: ["@/scheduler/scheduler", "@/api/root", "node-cron", "prom-client", "undici", "@/generated/prisma/client"],
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
  collectors: ["undici", "@/domain/item", "cheerio"],
  metrics: ["prom-client", "@/db/runs", "@/scheduler/observer"],
  scheduler: ["node-cron", "@/db/runs", "@/domain/run"],
  worker: ["graphile-worker", "@/collectors/collect", "@/db/runs"],
  notifications: ["nodemailer", "@/domain/mail"],
  api: ["@/db/runs", "@/auth/roles", "@/domain/run", "@trpc/server"],
  ui: ["react", "@/domain/run", "@/ui/theme"],
};

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
  plant("src/worker/fetch.ts", 'export const page = fetch("x");\n');
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

test("requests are made in collectors/ and settings are read in config/ alone", () => {
  expect([...complaints]).toEqual(expect.arrayContaining(["src/worker/fetch.ts", "src/worker/env.ts"]));
});
