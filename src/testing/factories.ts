import { randomUUID } from "node:crypto";
import type { Database } from "@/db/client";
import { isActive } from "@/domain/run-status";
import type { SourceKind } from "@/domain/source";
import { dueAtOf } from "@/domain/spread";
import type { Prisma, Run } from "@/generated/prisma/client";

/** An organization with an owner, a preset of as many sources as asked for, and nothing else. */
export interface TestOrganization {
  orgId: string;
  userId: string;
  presetId: string;
  sourceIds: string[];
}

export interface OrganizationOptions {
  orgId?: string;
  /** One source for each address, in this order. */
  urls?: readonly string[];
  kind?: SourceKind;
  config?: object;
}

/** Makes an organization as the set-up would, through the system's connection. */
export async function createOrganization(db: Database, options: OrganizationOptions = {}): Promise<TestOrganization> {
  const [orgId, userId, presetId] = [options.orgId ?? randomUUID(), randomUUID(), randomUUID()];
  const sources = (options.urls ?? ["https://example.org/feed.xml"]).map((url, position) => ({ id: randomUUID(), url, position }));
  await db.withSystem(async (tx) => {
    await tx.user.create({ data: { id: userId, name: "Ada Lovelace", email: `${userId}@example.org` } });
    await tx.organization.create({ data: { id: orgId, name: "Analytical Engines", slug: orgId } });
    await tx.member.create({ data: { organizationId: orgId, userId, role: "owner" } });
    await tx.preset.create({ data: { id: presetId, orgId, name: "Everything" } });
    await tx.source.createMany({
      data: sources.map(({ id, url, position }) => ({
        id,
        orgId,
        name: `Source ${position + 1}`,
        kind: options.kind ?? "feed",
        url,
        config: options.config ?? {},
      })),
    });
    await tx.presetSource.createMany({ data: sources.map(({ id, position }) => ({ orgId, presetId, sourceId: id, position })) });
  });
  return { orgId, userId, presetId, sourceIds: sources.map((source) => source.id) };
}

export interface ScheduleOptions {
  cronExpression?: string;
  timeZone?: string;
  /** Slots up to here are dealt with. */
  lowerBoundAt: Date;
  nextRunAt: Date | null;
  missedPolicy?: "run_once" | "skip";
  spreadMs?: number;
  skipSlotAt?: Date;
}

/** A schedule that is on, with its slot where the test wants it. Returns its id. */
export async function createSchedule(db: Database, organization: TestOrganization, options: ScheduleOptions): Promise<string> {
  const { orgId, presetId } = organization;
  const schedule = await db.system.schedule.create({
    data: {
      orgId,
      presetId,
      enabled: true,
      cronExpression: "* * * * *",
      timeZone: "UTC",
      ...options,
      dueAt: dueAtOf(options.nextRunAt, orgId, options.spreadMs ?? 0),
    },
  });
  return schedule.id;
}

/** What a test says of a row; the rest is as usual. */
export type RunRow = Omit<Partial<Prisma.RunUncheckedCreateInput>, "orgId" | "number" | "sources" | "events" | "itemChanges">;
export type RunSourceRow = Omit<Partial<Prisma.RunSourceUncheckedCreateInput>, "orgId" | "runId">;

/**
 * Writes the organization's next row into the ledger, with what its sources gave. Unless told, it is a run that succeeded in the moment in
 * which it was queued, that of its slot: by the schedule where it has a slot, and by a person where it has none.
 */
export async function recordRun(
  db: Database,
  { orgId }: Pick<TestOrganization, "orgId">,
  row: RunRow = {},
  sources: readonly RunSourceRow[] = [],
): Promise<Run> {
  const { lastRunNumber: number } = await db.system.organization.update({ where: { id: orgId }, data: { lastRunNumber: { increment: 1 } } });
  const { status = "succeeded", slotAt = null, queuedAt = slotAt ?? (await db.now()) } = row;
  const neverRan = status === "queued" || status === "skipped" || status === "missed";
  const times = { queuedAt, startedAt: neverRan ? null : queuedAt, finishedAt: isActive(status) ? null : queuedAt };
  const run = await db.system.run.create({
    data: { orgId, number, status, trigger: slotAt ? "schedule" : "person", limitMs: 900_000, ...(slotAt && { latenessMs: 0 }), ...times, ...row },
  });
  const usual = { orgId, runId: run.id, name: "Feed", kind: "feed", url: "https://example.org/", status: "succeeded" } as const;
  await db.system.runSource.createMany({ data: sources.map((source, position) => ({ ...usual, sourceId: randomUUID(), position, ...source })) });
  return run;
}
