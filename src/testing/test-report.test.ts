import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

interface Report {
  passed: number;
  failed: number;
  skipped: number;
  failures: { where: string; why: string }[];
}

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-report-test-"));
  fs.symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

/** What `npm test` reads after a suite of these files. */
function reportOf(command: string[], files: Record<string, string>): Promise<Report> {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  const report = path.join(folder, "report.json");
  // The program must not take itself for a part of the one that runs this test.
  const env = { PATH: process.env.PATH, HOME: folder, NODE_ENV: "test" as const, TEST_REPORT: report };
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: folder, env }, () => resolve(JSON.parse(fs.readFileSync(report, "utf8")) as Report));
  });
}

const reporter = (name: string) => path.resolve("scripts/test-reports", name);

describe("what failed is told at the end of npm test", () => {
  const runVitest = [path.resolve("node_modules/vitest/vitest.mjs"), "run", "--globals", `--reporter=${reporter("vitest.mjs")}`];

  it("by file, name and reason, also where a file, a hook or nothing in particular failed", async () => {
    const { failures, ...numbers } = await reportOf(runVitest, {
      "good.test.ts": "it('holds', () => {}); it.skip('waits', () => {});",
      "bad.test.ts": "describe('sums', () => it('add up', () => expect(1 + 1).toBe(3)));",
      "hook.test.ts": "it('holds, too', () => {}); afterAll(() => { throw new Error('left something behind'); });",
      "stray.test.ts": "it('lets go', () => { void Promise.reject(new Error('nobody caught it')); });",
      "torn.test.ts": "throw new Error('cannot be loaded');",
    });
    expect(numbers).toEqual({ passed: 3, failed: 4, skipped: 1 });
    expect(failures.map(({ where }) => where).sort()).toEqual(["Outside of all tests", "bad.test.ts › sums > add up", "hook.test.ts", "torn.test.ts"]);
    const reasons = failures.map(({ why }) => why).join("\n");
    for (const reason of ["expected 2 to be 3", "left something behind", "nobody caught it", "cannot be loaded"]) expect(reasons).toContain(reason);
  });

  it("by file, line, name and reason of browser tests", async () => {
    const command = [path.resolve("node_modules/@playwright/test/cli.js"), "test", `--reporter=${reporter("playwright.mjs")}`];
    const { failures, ...numbers } = await reportOf(command, {
      "pages.spec.ts": [
        "import { expect, test } from '@playwright/test';",
        "test('holds', () => {});",
        "test.skip('waits', () => {});",
        "test.describe('sums', () => { test('add up', () => expect(1 + 1).toBe(3)); });",
      ].join("\n"),
    });
    expect(numbers).toEqual({ passed: 1, failed: 1, skipped: 1 });
    expect(failures).toEqual([{ where: "pages.spec.ts:4 › sums › add up", why: expect.stringContaining("Expected: 3") }]);
  });
});
