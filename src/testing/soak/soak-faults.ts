import { setTimeout as sleep } from "node:timers/promises";
import { pickNumber, type Random } from "@/testing/faults/seed";
import type { RecoveryWatch } from "./recovery-watch";
import type { SoakDatabase } from "./soak-database";
import type { SoakProcess } from "./soak-process";

/** What is done to the processes, and how often out of a hundred faults. */
const FAULTS = {
  "kill -9 of a worker": 32,
  "kill -9 of a web and scheduler process": 22,
  "kill -9 of two processes at once": 14,
  "freeze of 5 to 20 s": 10,
  "SIGTERM and restart": 8,
  "every database connection dropped": 7,
  "PostgreSQL killed": 7,
} as const;
export type FaultKind = keyof typeof FAULTS;

const FREEZE_S = { shortest: 5, longest: 20 };
/** A process that is still starting is mostly left alone: killed again and again, it would never do anything. */
const KILLED_WHILE_STARTING = 0.25;

export interface FaultMaker {
  /** Makes one fault, chosen by chance among those that are possible now. */
  makeOne(): Promise<void>;
  readonly counts: ReadonlyMap<FaultKind, number>;
  /** How many processes and servers were killed. */
  kills(): number;
  /** Lets go of those that are frozen. */
  endFreezes(): void;
}

interface FaultOptions {
  random: Random;
  processes: readonly SoakProcess[];
  database: SoakDatabase;
  watch: RecoveryWatch;
  /** Is told what is done to whom. */
  onFault(sentence: string): void;
}

/** Each kind as often as its weight. */
const BAG = (Object.keys(FAULTS) as FaultKind[]).flatMap((kind) => Array.from({ length: FAULTS[kind] }, () => kind));

export function createFaultMaker({ random, processes, database, watch, onFault }: FaultOptions): FaultMaker {
  const counts = new Map<FaultKind, number>((Object.keys(FAULTS) as FaultKind[]).map((kind) => [kind, 0]));
  const thaws = new Set<() => void>();
  let kills = 0;

  function running(role?: "web" | "worker"): SoakProcess[] {
    const withStarting = random() < KILLED_WHILE_STARTING;
    const isThere = (one: SoakProcess) => one.state() !== "down" && (withStarting || one.state() !== "starting");
    return processes.filter((one) => isThere(one) && (!role || one.member.roles.includes(role)));
  }

  function pick(count: number, candidates: SoakProcess[]): SoakProcess[] {
    const rest = [...candidates];
    return Array.from({ length: Math.min(count, rest.length) }, () => rest.splice(pickNumber(random, 0, rest.length - 1), 1)).flat();
  }

  async function kill(targets: SoakProcess[]): Promise<string | null> {
    if (targets.length === 0) return null;
    const pids = targets.map((one) => one.pid());
    await watch.over(pids, () => {
      for (const one of targets) one.kill();
    });
    kills += targets.length;
    return names(targets);
  }

  async function freeze(): Promise<string | null> {
    const [target] = pick(1, processes.filter(isServing));
    if (!target) return null;
    const seconds = pickNumber(random, FREEZE_S.shortest, FREEZE_S.longest);
    target.freeze();
    const thaw = () => {
      thaws.delete(thaw);
      target.thaw();
    };
    thaws.add(thaw);
    void sleep(seconds * 1_000, undefined, { ref: false }).then(thaw);
    return `${target.member.name} for ${seconds} s`;
  }

  function restart(): string | null {
    const targets = pick(1, processes.filter(isServing));
    for (const one of targets) one.restart();
    return names(targets) || null;
  }

  function killDatabase(): string {
    const signal = random() < 0.5 ? "SIGQUIT" : "SIGKILL";
    database.crash(signal);
    kills++;
    return signal;
  }

  const makers: Record<FaultKind, () => Promise<string | null> | string | null> = {
    "kill -9 of a worker": () => kill(pick(1, running("worker"))),
    "kill -9 of a web and scheduler process": () => kill(pick(1, running("web"))),
    "kill -9 of two processes at once": () => kill(pick(2, running())),
    "freeze of 5 to 20 s": freeze,
    "SIGTERM and restart": restart,
    "every database connection dropped": () => database.dropConnections().then(() => ""),
    "PostgreSQL killed": killDatabase,
  };

  return {
    counts,
    kills: () => kills,
    async makeOne() {
      const kind = BAG[pickNumber(random, 0, BAG.length - 1)] ?? "kill -9 of a worker";
      const done = await makers[kind]();
      // Nobody is there to do it to.
      if (done === null) return;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      onFault([kind, done].filter(Boolean).join(": "));
    },
    endFreezes: () => {
      for (const thaw of [...thaws]) thaw();
    },
  };
}

const isServing = (one: SoakProcess) => one.state() === "serving";
const names = (targets: readonly SoakProcess[]) => targets.map((one) => one.member.name).join(", ");
