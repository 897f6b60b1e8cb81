// The suites of `npm test`: each says how it went in numbers.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { findChromium } from "./chromium.mjs";
import { dealSpecs } from "./deal-specs.mjs";
import { build, root, runInView } from "./steps.mjs";
import { failedBecause, PASSED, together } from "./test-result.mjs";

const reports = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-test-reports-"));
// PostgreSQL's user must be able to enter it when we are root.
fs.chmodSync(reports, 0o755);
const bin = (file) => path.join("node_modules", file);

/** As `runInView`, for programs that speak at the same time: each line begins with who says it. */
function runLabelled(label, args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) readline.createInterface({ input: stream }).on("line", (line) => console.log(label, line));
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

/** A check that counts as one test. */
const check =
  (...commands) =>
  async () => {
    for (const command of commands) if (!(await runInView(command))) return failedBecause("What it found is written above.", path.basename(command[0]));
    return PASSED;
  };

/** @returns {import("./test-result.mjs").Result} What the suite reported. One that ended badly with no failure, or said nothing, failed as a whole. */
function judge(ok, report) {
  const result = readReport(report);
  if (!result) return failedBecause("It ended without a report: its last lines above may say why.");
  return ok || result.failed > 0
    ? result
    : together([result, failedBecause("It ended badly though none of its tests failed: its last lines above may say why.")]);
}

function readReport(report) {
  try {
    return JSON.parse(fs.readFileSync(report, "utf8"));
  } catch {
    return null;
  }
}

async function unitAndIntegration() {
  const report = path.join(reports, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=./scripts/test-reports/vitest.mjs"];
  return judge(await runInView([bin("vitest/vitest.mjs"), "run", ...reporters], { NODE_ENV: "test", TEST_REPORT: report }), report);
}

/** So many, each with a database of its own: much of a browser test is waiting. A third would make two cores slower. */
const SERVERS = 2;

async function browser() {
  const chromium = await findChromium();
  if ("missing" in chromium) return failedBecause(chromium.missing);
  const specs = fs.readdirSync(path.join(root, "e2e")).filter((file) => file.endsWith(".spec.ts"));
  return together(await Promise.all(dealSpecs(specs, SERVERS).map((files, index) => browserOf(index, files, chromium.path))));
}

/** What one of the servers is tested with; the first is claimed in the browser. */
async function browserOf(index, files, chromiumPath) {
  const server = `${index + 1}`;
  const report = path.join(reports, `browser-${server}.json`);
  const ok = await runLabelled(
    `${server}│`,
    [
      bin("@playwright/test/cli.js"),
      "test",
      "--reporter=list,./scripts/test-reports/playwright.mjs",
      `--output=test-results/${server}`,
      ...files.map((file) => `e2e/${file}`),
    ],
    {
      CHROMIUM_PATH: chromiumPath,
      E2E_CLAIM: index === 0 ? "browser" : "api",
      E2E_DATA_DIR: path.join(reports, `browser-${server}`),
      TEST_REPORT: report,
    },
  );
  return judge(ok, report);
}

async function production() {
  await build();
  return PASSED;
}

/** In the order in which they run. @type {[string, () => Promise<import("./test-result.mjs").Result>][]} */
export const suites = [
  ["Lint", check([bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."])],
  ["Unused code", check([bin("knip/bin/knip.js")])],
  ["Types", check([bin("next/dist/bin/next"), "typegen"], [bin("typescript/bin/tsc"), "--noEmit"])],
  ["Unit and integration tests", unitAndIntegration],
  ["Production build", production],
  ["Browser tests", browser],
];

export function removeReports() {
  fs.rmSync(reports, { recursive: true, force: true });
}
