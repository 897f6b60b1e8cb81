import type { Bench } from "../bench";
import { CRONER, findApscheduler, GRAPHILE, NODE_CRON } from "../peer-list";
import { atMost, count, duration, noneWrong, type SectionResult, spread, times } from "../report";
import { summarize } from "../statistics";
import { type BurstMeasure, burstMilkrun } from "./burst-milkrun";
import { burstPeer } from "./burst-peer";

const PROCESSES = [1, 2, 4];

/** S7: several processes wait for the same instant, at which every schedule is due. */
export async function measureProcesses(bench: Bench): Promise<SectionResult> {
  const { schedules, repeats } = bench.sizes.processes;
  const measures = new Map<number, BurstMeasure[]>(PROCESSES.map((processes) => [processes, []]));
  for (let turn = 0; turn < repeats; turn++) {
    for (const [processes, measured] of measures) {
      measured.push(await burstMilkrun(bench, schedules, processes));
      bench.progress(`${processes} processes, turn ${turn + 1}: ${duration(measured.at(-1)?.tookMs ?? Number.NaN)}`);
    }
  }
  const median = (processes: number) => summarize((measures.get(processes) ?? []).map(({ tookMs }) => tookMs)).median;
  const worst = (all: readonly BurstMeasure[], what: "lost" | "doubled") => Math.max(...all.map((measured) => measured[what]));
  const rows = [...measures].map(([processes, all]) => [
    count(processes),
    spread(
      all.map(({ tookMs }) => tookMs),
      duration,
    ),
    times(median(processes) / median(1)),
    count(worst(all, "lost")),
    count(worst(all, "doubled")),
  ]);
  return {
    section: "processes",
    tables: [
      {
        title: `Processes: Milkrun, ${count(schedules)} due at one instant`,
        columns: ["processes", "until the last was recorded", "of one's time", "lost", "doubled"],
        rows,
      },
      ...(bench.withPeers ? [await measurePeers(bench)] : []),
    ],
    verdicts: [2, 4].flatMap((processes) => {
      const all = measures.get(processes) ?? [];
      return [
        noneWrong("S7", `${processes} processes, ${count(schedules)} due`, worst(all, "lost") + worst(all, "doubled")),
        // The measurements of one process differ by as much from turn to turn.
        atMost("S7", `${processes} processes: of one's time`, median(processes) / median(1), 1.1, times),
      ];
    }),
  };
}

async function measurePeers(bench: Bench) {
  const { peerSchedules } = bench.sizes.processes;
  const apscheduler = findApscheduler();
  const rows: string[][] = [];
  for (const peer of [NODE_CRON, CRONER, GRAPHILE, ...(apscheduler ? [apscheduler] : [])]) {
    bench.progress(`2 processes: ${peer.name}`);
    const { lost, doubled } = await burstPeer(bench, peer, peerSchedules, 2);
    rows.push([peer.name, count(lost), count(doubled)]);
  }
  return { title: `Processes: the others, two processes with the same ${count(peerSchedules)} schedules`, columns: ["", "lost", "doubled"], rows };
}
