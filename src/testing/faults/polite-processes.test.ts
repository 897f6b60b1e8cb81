import { describe, expect, it } from "vitest";
import { bundle } from "@/testing/bundle";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import { type FaultWorld, inFaultWorld, PATIENCE_MS } from "./fault-world";
import type { VisitingEvent, VisitingOptions } from "./visiting";

const WORLD = "polite-processes";
const SPACING_MS = 200;
const PAGES = 10;

interface Served {
  url: string;
  began: number;
  ended: number;
}

interface WatchedSite extends LocalSite {
  served: Served[];
  /** Resolves when it is asked for a page that it never gives. */
  hanging: Promise<void>;
}

/** A site that takes a moment for each page and notes from when to when. It never answers the first request for /hang. */
async function watchSite(): Promise<WatchedSite> {
  const served: Served[] = [];
  let hangs = true;
  let tellHanging = () => {};
  const hanging = new Promise<void>((resolve) => {
    tellHanging = resolve;
  });
  const site = await startLocalSite(({ url = "" }, response) => {
    const began = performance.now();
    if (url === "/hang" && hangs) {
      hangs = false;
      tellHanging();
      return;
    }
    setTimeout(() => {
      served.push({ url, began, ended: performance.now() });
      response.end();
    }, 20);
  });
  return { ...site, served, hanging };
}

/** Starts a process that wants these pages. */
async function visit(world: FaultWorld, site: WatchedSite, path: string, options: Partial<VisitingOptions> = {}) {
  const program = await bundle(
    "faults-visiting",
    `import { visitPages } from "@/testing/faults/visiting";
     await visitPages(JSON.parse(process.argv[2]));`,
  );
  const { port, policy } = site;
  const defaults = { connection: world.server.connection, policy, pages: PAGES, spacingMs: SPACING_MS, leaseMs: 30_000, rude: false };
  return world.startProgram<VisitingEvent>(program, { ...defaults, url: `http://site.example.org:${port}${path}`, ...options });
}

/** From the end of each request to the beginning of the next; below 0 where they overlap. */
function gapsOf(served: readonly Served[]): number[] {
  const inOrder = served.toSorted((one, other) => one.began - other.began);
  return inOrder.slice(1).map(({ began }, index) => began - (inOrder[index]?.ended ?? 0));
}

async function visitByTwo(world: FaultWorld, options: Partial<VisitingOptions> = {}): Promise<Served[]> {
  const site = await watchSite();
  const visitors = await Promise.all([visit(world, site, "/page", options), visit(world, site, "/page", options)]);
  await Promise.all(visitors.map((visitor) => visitor.waitFor("done")));
  await site.close();
  return site.served;
}

describe("two processes that want 20 pages of one site", () => {
  it.concurrent(
    "ask for one at a time, never sooner after the last one than they should, and for robots.txt once",
    inFaultWorld(WORLD, async (world) => {
      const served = await visitByTwo(world);
      expect(served.filter(({ url }) => url === "/robots.txt")).toHaveLength(1);
      expect(served).toHaveLength(2 * PAGES + 1);
      expect(Math.min(...gapsOf(served))).toBeGreaterThanOrEqual(SPACING_MS - 1);
    }),
    PATIENCE_MS,
  );

  it.concurrent(
    "would ask for several at once without a gate (control)",
    inFaultWorld(WORLD, async (world) => {
      const served = await visitByTwo(world, { rude: true });
      expect(Math.min(...gapsOf(served))).toBeLessThan(0);
    }),
    PATIENCE_MS,
  );
});

describe("a process that is killed while a site answers it", () => {
  async function killOne(world: FaultWorld, leaseMs: number) {
    const site = await watchSite();
    const first = await visit(world, site, "/hang", { pages: 1, leaseMs });
    await site.hanging;
    await first.kill();
    const killed = performance.now();
    const next = await visit(world, site, "/page", { pages: 1 });
    return { site, next, afterMs: () => performance.now() - killed };
  }

  it.concurrent(
    "keeps the others from the site until its time is over, and no longer",
    inFaultWorld(WORLD, async (world) => {
      const { site, next, afterMs } = await killOne(world, 3_000);
      await next.waitFor("done");
      expect(site.served.map(({ url }) => url)).toEqual(["/robots.txt", "/page"]);
      expect(afterMs()).toBeGreaterThan(1_000);
      // Without an end to its time it would be 30 seconds; the next process has to start first.
      expect(afterMs()).toBeLessThan(20_000);
      await site.close();
    }),
    PATIENCE_MS,
  );
});
