import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mulberry32, pickNumber, type Random } from "@/testing/faults/seed";
import { parseSoakArguments, type SoakOptions } from "./arguments";
import { listenToSignals } from "./listen-to-signals";
import { createRecoveryWatch, type RecoveryWatch } from "./recovery-watch";
import { makeFolder } from "./soak-database";
import { createFaultMaker, type FaultMaker } from "./soak-faults";
import { formatReport, listFailures, type SoakReport } from "./soak-report";
import { readResult } from "./soak-result";
import { countActiveRuns, readInstances, readTime, turnOff, waitUntil } from "./soak-steps";
import { type SoakWorld, startSoakWorld } from "./soak-world";

const MINUTE_MS = 60_000;
const BETWEEN_FAULTS_MS = { shortest: 3_000, longest: 5_000 };
const PROGRESS_MS = 10_000;
const SETTLED_WITHIN_MS = 60_000;
/** Of the sentences that say what went wrong. */
const MOST_SHOWN = 30;

type Say = (line: string) => void;

/**
 * Runs Milkrun under load while its processes and its database are killed at random, then holds the ledger against the time engine.
 * @param args What stands behind `npm run soak --`.
 * @param program The server's file.
 * @returns The exit code: 0 when no slot was lost or doubled, nothing else was broken, and every run was taken up again in time.
 */
export async function runSoak(args: readonly string[], program: string): Promise<number> {
  const options = parseSoakArguments(args);
  const say: Say = (line) => void (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  const folder = makeFolder(path.join(os.tmpdir(), "milkrun-soak-"));
  fs.mkdirSync(path.join(folder, "logs"));
  say(`Seed ${options.seed}. Logs are in ${path.join(folder, "logs")}.`);
  const report = await soak(folder, program, options, say);
  const failures = listFailures(report);
  process.stdout.write(options.json ? `${JSON.stringify({ ...report, failures }, null, 2)}\n` : `\n${formatReport(report)}\n\n`);
  for (const failure of failures.slice(0, MOST_SHOWN)) say(`✗ ${failure}`);
  if (failures.length > MOST_SHOWN) say(`✗ … and ${failures.length - MOST_SHOWN} more`);
  if (failures.length === 0) fs.rmSync(folder, { recursive: true, force: true });
  return failures.length === 0 ? 0 : 1;
}

async function soak(folder: string, program: string, options: SoakOptions, say: Say): Promise<SoakReport> {
  const told = listenToSignals();
  const world = await startSoakWorld(folder, program, options);
  const watch = createRecoveryWatch(world.database);
  const faults = createFaultMaker({ ...world, random: mulberry32(options.seed), watch, onFault: (sentence) => note(folder, sentence) });
  const startedMs = performance.now();
  const showing = setInterval(() => void showProgress(world, faults, startedMs, say), PROGRESS_MS);
  try {
    return await Promise.race([measure(world, options, watch, faults, told.enoughFaults), told.enough]);
  } finally {
    clearInterval(showing);
    await watch.stop();
    await world.stop();
  }
}

async function measure(world: SoakWorld, options: SoakOptions, watch: RecoveryWatch, faults: FaultMaker, enough: AbortSignal): Promise<SoakReport> {
  const { seed, organizations, minutes } = options;
  const startedMs = performance.now();
  await makeFaults(faults, minutes * MINUTE_MS, mulberry32(seed + 3), enough);
  const made = { seed, organizations, minutes: Math.round((performance.now() - startedMs) / 6_000) / 10, kills: faults.kills() };
  const { until, settledMs } = await settle(world, faults, watch);
  const result = await readResult(world.database.connection, world.load, until, await readInstances(world.database, world.processes));
  return { ...made, ...result, faults: Object.fromEntries(faults.counts), recoveriesMs: [...watch.recoveries], settledMs, troubles: world.troubles };
}

/** Makes one fault after the other for so long, or until a person has had enough. */
async function makeFaults(faults: FaultMaker, forMs: number, random: Random, enough: AbortSignal): Promise<void> {
  const deadline = performance.now() + forMs;
  while (performance.now() < deadline && !enough.aborted) {
    const restMs = pickNumber(random, BETWEEN_FAULTS_MS.shortest, BETWEEN_FAULTS_MS.longest);
    await sleep(restMs, undefined, { signal: enough }).catch(() => {});
    await faults.makeOne();
  }
}

/** Lets everybody recover, dispatches what is due by now and nothing after it, and waits until no run is left. */
async function settle({ database, processes }: SoakWorld, faults: FaultMaker, watch: RecoveryWatch) {
  const startedMs = performance.now();
  faults.endFreezes();
  const until = await readTime(database);
  const rested = await waitUntil(
    async () => (await turnOff(database, until)) && (await countActiveRuns(database)) === 0 && watch.waiting() === 0,
    SETTLED_WITHIN_MS,
  );
  const settledMs = rested ? performance.now() - startedMs : null;
  await waitUntil(() => processes.every((one) => one.state() === "serving"), SETTLED_WITHIN_MS);
  return { until, settledMs };
}

async function showProgress({ database, processes }: SoakWorld, faults: FaultMaker, startedMs: number, say: Say): Promise<void> {
  const rows = await database.query<{ status: string; count: number }>(
    "select status::text as status, count(*)::int as count from run group by 1 order by 2 desc",
  );
  const serving = processes.filter((one) => one.state() === "serving").length;
  const elapsed = new Date(performance.now() - startedMs).toISOString().slice(14, 19);
  say(
    `${elapsed}  ${faults.kills()} kills, ${serving} of ${processes.length} processes serve; ${rows.map(({ status, count }) => `${count} ${status}`).join(", ")}`,
  );
}

/** What was done when, for whoever looks into a failure. */
function note(folder: string, sentence: string): void {
  fs.appendFileSync(path.join(folder, "logs", "faults.log"), `${new Date().toISOString()} ${sentence}\n`);
}
