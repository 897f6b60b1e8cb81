import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, inject, it } from "vitest";
import { addressOf } from "./database";

const execute = promisify(execFile);

interface BenchOutput {
  machine: string;
  results: { section: string; tables: { rows: string[][] }[]; verdicts: { bar: string; isCorrectness?: true; measured: string; met: boolean }[] }[];
}

it("the bench measures a small burst and finds every slot in the ledger once", async () => {
  const env = { ...process.env, BENCH_DATABASE_URL: addressOf(inject("testServer").admin) };
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-bench-test-"));
  const file = path.join(folder, "results.json");
  const { stdout } = await execute(process.execPath, ["scripts/bench.mjs", "burst", "--quick", "--no-peers", "--json", file], { env });
  const { machine, results } = JSON.parse(fs.readFileSync(file, "utf8")) as BenchOutput;
  fs.rmSync(folder, { recursive: true });
  expect(stdout).toContain("Burst: 500 schedules due at one instant");
  expect(machine).toContain("PostgreSQL");
  expect(results.map(({ section }) => section)).toEqual(["burst"]);
  const [burst] = results;
  expect(burst?.tables[0]?.rows.map(([name]) => name)).toEqual(["bare SQL (floor)", "Milkrun"]);
  expect(burst?.verdicts.filter(({ isCorrectness }) => isCorrectness)).toMatchObject([{ measured: "0", met: true }]);
}, 120_000);
