import fs from "node:fs";
import { outliveOutputs } from "@/graceful-exit";
import type { Bench } from "./bench";
import { type Cluster, startCluster } from "./cluster";
import { describeLoad, describeMachine } from "./machine";
import { renderTable, renderVerdicts, type SectionResult } from "./report";
import { type RunOptions, readOptions, type Section, USAGE } from "./run-options";
import { measureBoot } from "./sections/boot";
import { measureBurst } from "./sections/burst";
import { measureCollecting } from "./sections/collecting";
import { measureExport } from "./sections/export";
import { measureIdle } from "./sections/idle";
import { measureLatency } from "./sections/latency";
import { measureOccurrences } from "./sections/occurrences";
import { measureProcesses } from "./sections/processes";
import { measureSaving } from "./sections/saving";
import { FULL, QUICK } from "./sizes";

const MEASURES: Record<Section, (bench: Bench) => Promise<SectionResult>> = {
  burst: measureBurst,
  boot: measureBoot,
  idle: measureIdle,
  latency: measureLatency,
  occurrences: measureOccurrences,
  processes: measureProcesses,
  collecting: measureCollecting,
  saving: measureSaving,
  export: measureExport,
};

/**
 * Measures what the arguments ask for and prints it. Returns the exit code: 0 also where a bar was missed, since a busy machine misses some;
 * 1 when something was lost or doubled or could not be measured.
 */
export async function bench(args: readonly string[], databaseUrl: string | null): Promise<number> {
  let options: RunOptions | "help";
  try {
    options = readOptions(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return 1;
  }
  if (options === "help") {
    process.stdout.write(USAGE);
    return 0;
  }
  const progress = (text: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
  progress("starting PostgreSQL");
  const starting = startCluster(databaseUrl);
  stopOnSignals(() => starting.then((started) => started.stop()));
  const cluster = await starting;
  try {
    return await measureAll(cluster, options, progress);
  } finally {
    await cluster.stop();
  }
}

/** Also while the server starts, and when the terminal is closed: nobody would look for a server that was left running. */
function stopOnSignals(stop: () => Promise<void>): void {
  outliveOutputs();
  const end = () =>
    void stop()
      .catch(() => {})
      .finally(() => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
}

async function measureAll(cluster: Cluster, { sections, quick, json, withoutPeers }: RunOptions, progress: Bench["progress"]): Promise<number> {
  const results: SectionResult[] = [];
  const machine = describeMachine(cluster.description);
  const loadBefore = describeLoad();
  const output = (text: string) => void process.stdout.write(text);
  output(`## Milkrun's bench\n\n${machine}; ${loadBefore} at the start.\n\n`);
  for (const section of sections) {
    const measured = await MEASURES[section]({ cluster, sizes: quick ? QUICK : FULL, withPeers: !withoutPeers, progress });
    results.push(measured);
    for (const table of measured.tables) output(`${renderTable(table)}\n`);
  }
  // Small numbers say nothing about speed, and nobody was asked for what was left out.
  const verdicts = results.flatMap((result) => result.verdicts).filter(({ isCorrectness, met }) => isCorrectness || !(quick || (withoutPeers && met === null)));
  output(`${renderVerdicts(verdicts)}\n`);
  if (json) fs.writeFileSync(json, `${JSON.stringify({ machine, loadBefore, loadAfter: describeLoad(), results }, null, 2)}\n`);
  return verdicts.some(({ isCorrectness, met }) => isCorrectness && !met) ? 1 : 0;
}
