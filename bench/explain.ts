import type pg from "pg";
import pino from "pino";
import { createDatabase } from "@/db/client";
import { selectDue } from "@/db/due-schedules";
import { selectInstants } from "@/db/next-slots";
import type { Prisma } from "@/generated/prisma/client";

/** How PostgreSQL carried out a query. */
export interface Explained {
  tookMs: number;
  /** The steps of the plan, outermost first. */
  nodes: string[];
}

interface PlanNode {
  "Node Type": string;
  "Index Name"?: string;
  Plans?: PlanNode[];
}

const HOUR_MS = 3_600_000;

/** The question that every look of the clock begins with. */
export const explainClaim = (connection: pg.ClientConfig) => explain(connection, selectDue(1_000));

/** The question that it ends with. */
export const explainInstants = (connection: pg.ClientConfig) => explain(connection, selectInstants(new Date(), new Date(Date.now() + 24 * HOUR_MS), 1_000));

/** Carries the program's own query out in the program's own way, twice: the second time is the usual one. */
async function explain(connection: pg.ClientConfig, query: Prisma.Sql): Promise<Explained> {
  const db = createDatabase(connection, { poolSize: 1, log: pino({ level: "silent" }) });
  try {
    const ask = () =>
      db.withSystem((tx) => tx.$queryRaw<[{ "QUERY PLAN": [{ Plan: PlanNode; "Execution Time": number }] }]>`explain (analyze, format json) ${query}`);
    await ask();
    const [
      {
        "QUERY PLAN": [seen],
      },
    ] = await ask();
    return { tookMs: seen["Execution Time"], nodes: stepsOf(seen.Plan) };
  } finally {
    await db.close();
  }
}

function stepsOf(node: PlanNode): string[] {
  const index = node["Index Name"];
  const step = index ? `${node["Node Type"]} (${index})` : node["Node Type"];
  return [step, ...(node.Plans ?? []).flatMap(stepsOf)].filter((name) => name !== "Result");
}
