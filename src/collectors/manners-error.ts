import { isCollectError } from "./collect-error";
import type { Manners } from "./politeness";

/** What keeps sites' turns, or their robots.txt files, failed: no fault of any source. `cause` is what it threw. */
export class MannersError extends Error {
  constructor(cause: unknown) {
    super("The turns at sites or their robots.txt files could not be looked up.", { cause });
    this.name = "MannersError";
  }
}

/** Recognises it by shape, as `isCollectError` does. */
export function isMannersError(error: unknown): error is MannersError {
  return error instanceof Error && error.name === "MannersError";
}

/** The same manners, whose failures can be told from those of sites and collectors. */
export function tellMannersErrors({ gate, robots }: Manners): Manners {
  return {
    gate: { enter: (host, visitor) => gate.enter(host, visitor).catch(tell) },
    robots: {
      find: (origin) => robots.find(origin).catch(tell),
      saveText: (origin, text) => robots.saveText(origin, text).catch(tell),
      saveFailure: (origin, failure) => robots.saveFailure(origin, failure).catch(tell),
    },
  };
}

function tell(error: unknown): never {
  throw isCollectError(error) ? error : new MannersError(error);
}
