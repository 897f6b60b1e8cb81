/** A signal this soon after another belongs to it: Ctrl-C reaches npm, too, which passes it on. */
const SAME_WISH_MS = 1_000;

interface Told {
  /** After the first SIGINT or SIGTERM: no more faults, but what they came to is still measured. */
  enoughFaults: AbortSignal;
  /** Rejects after another one, or when the terminal is closed: everything is to end. */
  enough: Promise<never>;
}

/**
 * From then on no signal ends this process, so that it can end what it started.
 * @param sameWishMs A signal this soon after the first is no second one.
 */
export function listenToSignals(sameWishMs = SAME_WISH_MS): Told {
  for (const output of [process.stdout, process.stderr]) output.on("error", () => {});
  const ending = new AbortController();
  const { promise, reject } = deferred();
  let firstMs: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      const nowMs = performance.now();
      firstMs ??= nowMs;
      if (nowMs - firstMs > sameWishMs) reject(new Error("The soak was ended before its end: nothing was found out."));
      ending.abort();
    });
  }
  process.on("SIGHUP", () => reject(new Error("The terminal was closed.")));
  return { enoughFaults: ending.signal, enough: promise };
}

function deferred() {
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<never>((_, rejectIt) => {
    reject = rejectIt;
  });
  promise.catch(() => {}); // whoever has begun to measure awaits it
  return { promise, reject };
}
