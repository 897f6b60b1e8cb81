import { createIsAgain, outliveOutputs } from "@/graceful-exit";

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
export function listenToSignals(sameWishMs?: number): Told {
  outliveOutputs();
  const ending = new AbortController();
  const { promise, reject } = deferred();
  const isAgain = createIsAgain(sameWishMs);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (isAgain()) reject(new Error("The soak was ended before its end: nothing was found out."));
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
