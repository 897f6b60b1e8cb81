import { CollectError, isCollectError } from "./collect-error";
import type { FetchPage } from "./fetch-page";
import type { HostGate } from "./host-gate";
import { findRefusal } from "./robots";
import { createRobotsReader, type RobotsStore } from "./robots-file";
import type { Visit } from "./visit";

/** Ends the turn that a request took; with the error, where it failed. */
export type Leave = (error?: unknown) => Promise<void>;

/**
 * Waits until an address may be asked for.
 * @throws CollectError `robots_disallowed`, `robots_unreachable`, `asked_to_wait`, `cancelled`
 */
export type Approach = (url: URL, visit: Visit) => Promise<Leave>;

export interface Manners {
  gate: HostGate;
  robots: RobotsStore;
}

interface ApproachOptions extends Manners {
  /** Sites that need no manners. */
  isExempt(url: URL): boolean;
  fetchPage: FetchPage;
}

const SHOWN_RULE_LENGTH = 100;

/** Makes every request wait for its host's turn, and asks robots.txt first. */
export function createApproach({ robots, isExempt, fetchPage }: ApproachOptions): Approach {
  const readRobots = createRobotsReader(robots, fetchPage);

  /** Gives the pause that the site asks for, in milliseconds. */
  async function askRobots(url: URL, visit: Visit): Promise<number> {
    // With the turn in hand: whoever had it before has read the file for everybody.
    await visit.hold(url);
    const rules = await readRobots(url, visit);
    const refusal = findRefusal(rules, url);
    visit.onRobots?.({ refusal, crawlDelayMs: rules.crawlDelayMs, isSilent: rules.rules.length === 0 });
    if (refusal !== null) throw disallowedError(refusal);
    return rules.crawlDelayMs;
  }

  return async (url, visit) => {
    if (isExempt(url)) return async () => {};
    const pauseMs = visit.ignoreRobots ? 0 : await askRobots(url, visit);
    const pass = await visit.take(url);
    return (error) => pass.leave({ pauseMs, closedForMs: askedToWaitMs(error) });
  };
}

/** How long a site that has too much to do asked everybody to wait. */
function askedToWaitMs(error: unknown): number {
  const asks = isCollectError(error) && (error.httpStatus === 429 || error.httpStatus === 503);
  return (asks && error.retryAfterMs) || 0;
}

function disallowedError(rule: string): CollectError {
  const asked = `The site asks programs not to read this page (its robots.txt says “Disallow: ${rule.slice(0, SHOWN_RULE_LENGTH)}”).`;
  const next = "If the site's owner permits it, an editor can switch on “Ignore robots.txt” for this source.";
  return new CollectError("robots_disallowed", `${asked} Nothing was collected. ${next}`);
}
