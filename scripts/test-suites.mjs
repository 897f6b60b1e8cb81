// The suites of `npm test`: each says how it went in numbers.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { findChromium } from "./chromium.mjs";
import { dealSpecs } from "./deal-specs.mjs";
import { build, root, runInView } from "./steps.mjs";

/** @typedef {{ passed: number; failed: number; skipped: number }} Totals */

const PASSED = { passed: 1, failed: 0, skipped: 0 };
const FAILED = { passed: 0, failed: 1, skipped: 0 };

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
    for (const command of commands) if (!(await runInView(command))) return FAILED;
    return PASSED;
  };

function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(reports, file), "utf8"));
  } catch {
    return null;
  }
}

/** @returns {Totals} A suite that ended badly without a failed test, or without a report, counts as failed. */
function judge(ok, totals) {
  if (!totals) return FAILED;
  return ok || totals.failed > 0 ? totals : { ...totals, failed: 1 };
}

async function unitAndIntegration() {
  const file = path.join(reports, "vitest.json");
  const ok = await runInView([bin("vitest/vitest.mjs"), "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`], { NODE_ENV: "test" });
  const report = readReport("vitest.json");
  return judge(ok, report && { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + (report.numTodoTests ?? 0) });
}

/** So many, each with a database of its own: much of a browser test is waiting. A third would make two cores slower. */
const SERVERS = 2;

async function browser() {
  const chromium = await findChromium();
  if ("missing" in chromium) {
    console.error(chromium.missing);
    return FAILED;
  }
  const specs = fs.readdirSync(path.join(root, "e2e")).filter((file) => file.endsWith(".spec.ts"));
  const totals = await Promise.all(dealSpecs(specs, SERVERS).map((files, index) => browserOf(index, files, chromium.path)));
  return totals.reduce((sum, { passed, failed, skipped }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
  }));
}

/** What one of the servers is tested with; the first is claimed in the browser. */
async function browserOf(index, files, chromiumPath) {
  const server = `${index + 1}`;
  const report = `browser-${server}.json`;
  const ok = await runLabelled(
    `${server}│`,
    [bin("@playwright/test/cli.js"), "test", "--reporter=list,json", `--output=test-results/${server}`, ...files.map((file) => `e2e/${file}`)],
    {
      CHROMIUM_PATH: chromiumPath,
      E2E_CLAIM: index === 0 ? "browser" : "api",
      E2E_DATA_DIR: path.join(reports, `browser-${server}`),
      PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(reports, report),
    },
  );
  const stats = readReport(report)?.stats;
  // A test that passed only when repeated is not a passed one.
  return judge(ok, stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped });
}

async function production() {
  await build();
  return PASSED;
}

/** In the order in which they run. @type {[string, () => Promise<Totals>][]} */
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
