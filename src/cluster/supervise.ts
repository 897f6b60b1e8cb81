import { StartError } from "@/config/start-error";
import type { Member } from "./plan-members";
import { describeExit, type ServerProcess, spawnServer } from "./server-process";

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** Whoever lived this long did not die of its start. */
const SETTLED_AFTER_MS = 60_000;
/** A server gives itself up after 30 s. One that is frozen cannot. */
const FORCE_AFTER_MS = 35_000;

interface SupervisorOptions {
  program: string;
  member: Member;
  /** What all members share. */
  variables: Record<string, string | undefined>;
  /** Milliseconds that never go back. */
  monotonicMs(): number;
  onLine(line: string): void;
  /** Called with news of the process, one sentence each. */
  onNews(sentence: string): void;
}

/** Keeps one process running. */
export interface Supervisor {
  readonly member: Member;
  pid(): number;
  /** @throws StartError when the process ends before it is ready for the first time. */
  start(): Promise<void>;
  /** Lets it finish and waits for that; it is not started again. */
  stop(): Promise<void>;
}

/** How long to wait before a process that died so many times in a row is started again. */
export function restartDelayMs(deathsInARow: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (deathsInARow - 1));
}

/** Starts a member, and starts it again whenever it dies: soon at first, less often when it keeps dying. */
export function superviseMember(options: SupervisorOptions): Supervisor {
  const { member, onNews } = options;
  let server: ServerProcess | undefined;
  let retry: NodeJS.Timeout | undefined;
  let startedMs = 0;
  let deaths = 0;
  let watching = false;
  let stopping = false;

  function launch(): ServerProcess {
    startedMs = options.monotonicMs();
    const launched = spawnServer({ program: options.program, variables: { ...options.variables, ...member.variables }, onLine: options.onLine });
    server = launched;
    void launched.exited.then((exit) => watching && !stopping && restartLater(describeExit(exit)));
    return launched;
  }

  function restartLater(reason: string) {
    deaths = options.monotonicMs() - startedMs > SETTLED_AFTER_MS ? 1 : deaths + 1;
    const delayMs = restartDelayMs(deaths);
    onNews(`It died (${reason}). It is started again in ${delayMs / 1000} s.`);
    retry = setTimeout(() => {
      const launched = launch();
      launched.ready.then(
        () => onNews(`It runs again as process ${launched.pid}.`),
        () => undefined, // its end starts it once more
      );
    }, delayMs);
  }

  return {
    member,
    pid: () => server?.pid ?? 0,
    async start() {
      await launch().ready.catch((cause: Error) => {
        throw new StartError(`${member.name} could not be started: ${cause.message} It says why above.`, { cause });
      });
      watching = true;
    },
    async stop() {
      stopping = true;
      clearTimeout(retry);
      server?.signal("SIGTERM");
      const force = setTimeout(() => server?.signal("SIGKILL"), FORCE_AFTER_MS);
      await server?.exited;
      clearTimeout(force);
    },
  };
}
