import fs from "node:fs";
import path from "node:path";
import type { Member } from "@/cluster/plan-members";
import { describeExit, type Exit, type ServerProcess, spawnServer } from "@/cluster/server-process";

/** One process of the soak. Whatever ends it, it is started again after a moment, until `stop`. */
export interface SoakProcess {
  readonly member: Member;
  pid(): number;
  /** `stopping` once a restart is asked for, `down` until it is started again. */
  state(): "starting" | "serving" | "frozen" | "stopping" | "down";
  start(): void;
  /** As `kill -9`. */
  kill(): void;
  /** Asks it to stop; it is started again when it has. */
  restart(): void;
  freeze(): void;
  thaw(): void;
  /** Asks it to stop for good. */
  stop(): Promise<Exit>;
}

interface SoakProcessOptions {
  program: string;
  member: Member;
  variables: Record<string, string | undefined>;
  logDir: string;
  /** How long it stays down. */
  restartAfterMs(): number;
  /** It ended in a way that nobody asked for: a serving process of its own accord, or a stopping one badly. */
  onTrouble(sentence: string): void;
}

export function createSoakProcess(options: SoakProcessOptions): SoakProcess {
  const { member, variables, program } = options;
  const log = fs.createWriteStream(path.join(options.logDir, `${member.name}.log`), { flags: "a" });
  let server: ServerProcess | undefined;
  let state: ReturnType<SoakProcess["state"]> = "down";
  let asked: NodeJS.Signals | null = null;
  let stopping = false;
  let retry: NodeJS.Timeout | undefined;

  function start() {
    asked = null;
    state = "starting";
    const started = spawnServer({ program, variables: { ...variables, ...member.variables }, onLine: (line) => log.write(`${line}\n`) });
    server = started;
    started.ready.then(
      () => {
        if (state === "starting") state = "serving";
      },
      () => undefined, // its end is dealt with below
    );
    void started.exited.then(ended);
  }

  function ended(exit: Exit) {
    log.write(`--- ${describeExit(exit)}\n`);
    // One that cannot start while the database is away ends with a sentence and is started again.
    if (state === "serving" && asked === null) options.onTrouble(`${member.name} ended by itself (${describeExit(exit)}).`);
    if (asked === "SIGTERM" && exit.code !== 0) options.onTrouble(`${member.name} did not stop well (${describeExit(exit)}).`);
    state = "down";
    if (!stopping) retry = setTimeout(start, options.restartAfterMs());
  }

  function ask(signal: NodeJS.Signals) {
    asked = signal;
    server?.signal(signal);
  }

  return {
    member,
    pid: () => server?.pid ?? 0,
    state: () => state,
    start,
    kill: () => ask("SIGKILL"),
    restart() {
      // Asked twice, a process ends at once and says that it did not stop well.
      state = "stopping";
      ask("SIGTERM");
    },
    freeze() {
      state = "frozen";
      server?.signal("SIGSTOP");
    },
    thaw() {
      if (state !== "frozen") return;
      state = "serving";
      server?.signal("SIGCONT");
    },
    async stop() {
      stopping = true;
      clearTimeout(retry);
      if (state === "down") return { code: 0, signal: null };
      if (state !== "stopping") ask("SIGTERM");
      const exit = (await server?.exited) ?? { code: 0, signal: null };
      log.end();
      return exit;
    },
  };
}
