import { type ChildProcess, spawn } from "node:child_process";

const EVENT_WITHIN_MS = 60_000;
/** Kept of what a process writes, for the message of a failure. */
const KEPT_OUTPUT = 4_000;

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that a fault is done to. `Event` is what it tells. */
export interface FaultProcess<Event extends { event: string }> {
  /** Everything it has told so far. */
  readonly events: readonly Event[];
  /** The `count`th event of this kind that matches. Fails when the process ends first, or after a minute. */
  waitFor<Kind extends Event["event"]>(
    kind: Kind,
    matches?: (event: Extract<Event, { event: Kind }>) => boolean,
    count?: number,
  ): Promise<Extract<Event, { event: Kind }>>;
  /** Resolves when it has told so many events, of whatever kind. Fails as `waitFor` does. */
  waitForAny(count: number): Promise<void>;
  send(command: object): void;
  signal(signal: NodeJS.Signals): void;
  /** As `kill -9`; resolves when it is gone. */
  kill(): Promise<Exit>;
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
  /** The end of what it wrote. */
  output(): string;
}

/** Starts a bundled program with options as JSON; `environment` is added to a bare one. */
export function startProcess<Event extends { event: string }>(program: string, options: object, environment: Record<string, string> = {}): FaultProcess<Event> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...environment },
  });
  const readOutput = keepOutput(child);
  const events: Event[] = [];
  const listeners = new Set<() => void>();
  let exit: Exit | undefined;
  const exited = new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  void exited.then((how) => {
    exit = how;
    for (const look of listeners) look();
  });
  child.on("message", (event) => {
    events.push(event as Event);
    for (const look of listeners) look();
  });

  function whenTold<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => fail("did not tell in a minute"), EVENT_WITHIN_MS);
      const look = () => {
        const found = find();
        if (found !== undefined) done(() => resolve(found));
        else if (exit) fail(`ended with ${exit.code ?? exit.signal} before it told`);
      };
      const fail = (how: string) => done(() => reject(new Error(`The process ${how} ${what}. It wrote:\n${readOutput()}`)));
      const done = (settle: () => void) => {
        clearTimeout(giveUp);
        listeners.delete(look);
        settle();
      };
      listeners.add(look);
      look();
    });
  }

  return {
    events,
    waitFor: (kind, matches = () => true, count = 1) => {
      type Wanted = Extract<Event, { event: typeof kind }>;
      const isWanted = (event: Event): event is Wanted => event.event === kind && matches(event as Wanted);
      return whenTold(() => events.filter(isWanted)[count - 1], `${count} × "${kind}"`);
    },
    waitForAny: (count) => whenTold(() => events[count - 1], `${count} events`).then(() => {}),
    exited,
    send: (command) => void child.send(command),
    signal: (signal) => void child.kill(signal),
    kill: () => {
      child.kill("SIGKILL");
      return exited;
    },
    isRunning: () => exit === undefined,
    output: readOutput,
  };
}

function keepOutput(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT);
    });
  }
  return () => output;
}
