import type { RunDetail, RunSource, RunSummary } from "@/domain/run";
import type { Prisma } from "@/generated/prisma/client";
import type { Tx } from "./client";

export const withSources = { sources: { orderBy: { position: "asc" } } } satisfies Prisma.RunInclude;
export type RunWithSources = Prisma.RunGetPayload<{ include: typeof withSources }>;

const FINISHED = new Set(["succeeded", "not_modified", "failed", "cancelled"]);

function present(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** Run rows as lists show them: with the names of people and the numbers of blocking runs, read in one go. */
export async function toSummaries(tx: Tx, orgId: string, rows: readonly RunWithSources[]): Promise<RunSummary[]> {
  const people = await tx.user.findMany({
    where: { id: { in: present(rows.flatMap((row) => [row.startedById, row.cancelledById])) } },
    select: { id: true, name: true },
  });
  const blocking = await tx.run.findMany({
    where: { orgId, id: { in: present(rows.map((row) => row.blockingRunId)) } },
    select: { id: true, number: true },
  });
  const nameOf = new Map(people.map((person) => [person.id, person.name]));
  const numberOf = new Map(blocking.map((run) => [run.id, run.number]));
  return rows.map((row) => ({
    ...row,
    blockingRunNumber: (row.blockingRunId && numberOf.get(row.blockingRunId)) || null,
    startedByName: (row.startedById && nameOf.get(row.startedById)) || null,
    cancelledByName: (row.cancelledById && nameOf.get(row.cancelledById)) || null,
    sourceCount: row.sources.length,
    doneSourceCount: row.sources.filter((source) => FINISHED.has(source.status)).length,
    failedSourceCount: row.sources.filter((source) => source.status === "failed").length,
  }));
}

/** One run with its sources, in the preset's order. */
export async function toDetail(tx: Tx, orgId: string, row: RunWithSources): Promise<RunDetail> {
  const [summary] = await toSummaries(tx, orgId, [row]);
  if (!summary) throw new Error("A run row gives one summary.");
  const sources: RunSource[] = row.sources;
  return { ...summary, limitMs: row.limitMs, sources };
}
