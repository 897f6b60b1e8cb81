/** A time limit that can stand still. */
export interface Deadline {
  /** Fires when the time is up. */
  readonly signal: AbortSignal;
  /** The time that this takes does not count. */
  standStill<T>(wait: () => Promise<T>): Promise<T>;
  stop(): void;
}

/** Starts now. In milliseconds. */
export function startDeadline(limitMs: number): Deadline {
  const controller = new AbortController();
  let leftMs = limitMs;
  let startedMs = 0;
  let timer: NodeJS.Timeout | undefined;

  function run() {
    startedMs = performance.now();
    timer = setTimeout(() => controller.abort(), leftMs);
  }

  function stop() {
    clearTimeout(timer);
    leftMs = Math.max(0, leftMs - (performance.now() - startedMs));
  }

  run();
  return {
    signal: controller.signal,
    async standStill(wait) {
      stop();
      try {
        return await wait();
      } finally {
        run();
      }
    },
    stop,
  };
}
