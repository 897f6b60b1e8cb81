import type pg from "pg";
import pino from "pino";
import { createPageFetcher, type PageFetcher } from "@/collectors/fetch-page";
import type { GuardPolicy } from "@/collectors/guard-address";
import { stayIn } from "@/collectors/host-gate";
import { createApproach } from "@/collectors/politeness";
import { createVisit } from "@/collectors/visit";
import { createDatabase } from "@/db/client";
import { createHostGate } from "@/worker/host-gate";
import { createRobotsStore } from "@/worker/robots-store";
import { answerCommands, tell } from "./child-channel";

export interface VisitingOptions {
  connection: pg.ClientConfig;
  policy: GuardPolicy;
  url: string;
  /** Requests that are wanted at once. */
  pages: number;
  spacingMs: number;
  leaseMs: number;
  /** For the control: asks whenever it wants. */
  rude: boolean;
}

export type VisitingEvent = { event: "done" };

/** Asks a site for pages as a worker does, all at once as far as it is concerned. Every name leads to this machine. */
export async function visitPages({ connection, policy, url, pages, spacingMs, leaseMs, rude }: VisitingOptions): Promise<void> {
  const log = pino({ level: "silent" });
  const db = createDatabase(connection, { poolSize: 2, log });
  answerCommands(() => {});
  const gate = createHostGate({ db, log, spacingMs, leaseMs });
  const fetcher: PageFetcher = createPageFetcher({
    ...{ policy, userAgent: "Milkrun test", resolveName: async () => [{ address: "127.0.0.1", family: 4 }] },
    approach: rude ? undefined : (address, visit) => approach(address, visit),
  });
  const approach = createApproach({ gate, robots: createRobotsStore({ db, log }), isExempt: () => false, fetchPage: fetcher.fetchPage });
  const { signal } = new AbortController();
  const visitOnce = (group: string) => fetcher.fetchPage(url, { signal, visit: createVisit(gate, false, { group, signal, stepOut: stayIn }) });
  await Promise.all(Array.from({ length: pages }, (_, index) => visitOnce(String(index))));
  tell({ event: "done" } satisfies VisitingEvent);
}
