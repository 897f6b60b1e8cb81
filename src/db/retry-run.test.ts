import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { RunSourceStatus, RunStatus } from "@/domain/run-status";
import { createOrganization, type TestOrganization } from "@/testing/factories";
import { ownDatabase } from "@/testing/own-database";
import { lookAtRun, startRunOf } from "@/testing/started-run";
import type { Database } from "./client";
import { retryFailedSources } from "./retry-run";
import { type Lease, takeRun } from "./run-lease";
import { listPendingSources, snapshotSources } from "./run-sources";

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

/** A run of the organization's preset that ended so, its sources with these outcomes in the preset's order. */
async function endedRun(organization: TestOrganization, status: RunStatus, outcomes: readonly RunSourceStatus[]): Promise<string> {
  const { orgId, sourceIds } = organization;
  const runId = await startRunOf(db, organization, 60_000);
  await db.system.run.update({ where: { id: runId }, data: { status, startedAt: new Date(), finishedAt: new Date() } });
  await db.system.runSource.createMany({
    data: outcomes.map((outcome, position) => ({
      orgId,
      runId,
      sourceId: sourceIds[position] ?? "",
      position,
      name: `Old name ${position + 1}`,
      kind: "feed",
      url: "https://old.example/",
      status: outcome,
    })),
  });
  return runId;
}

function retry({ orgId, userId }: TestOrganization, runId: string, requestKey = randomUUID()) {
  return db.withTenant(orgId, (tx) => retryFailedSources(tx, orgId, { runId, actorId: userId, trigger: "person", requestKey, limitMs: 60_000 }));
}

const look = ({ orgId }: TestOrganization, runId: string) => lookAtRun(db, orgId, runId);
const organizationOf = (count: number) => createOrganization(db, { urls: Array.from({ length: count }, (_, index) => `https://s${index + 1}.example/`) });
const end = (runId: string) => db.system.run.update({ where: { id: runId }, data: { status: "succeeded", finishedAt: new Date() } });

describe("retrying the failed sources of a run", () => {
  it("queues those alone, in their order, as they are defined now", async () => {
    const organization = await organizationOf(4);
    const original = await endedRun(organization, "partial", ["failed", "succeeded", "not_modified", "failed"]);
    await db.system.source.update({
      where: { id: organization.sourceIds[3] ?? "" },
      data: { name: "Mended", kind: "json_api", url: "https://mended.example/" },
    });
    expect((await look(organization, original)).retryableSourceCount).toBe(2);

    const { runId, number } = await retry(organization, original);
    const run = await look(organization, runId);
    expect(run).toMatchObject({ number: 2, status: "queued", trigger: "person", startedByName: "Ada Lovelace", presetName: "Everything" });
    expect(run).toMatchObject({ retryOfRunId: original, retryOfRunNumber: 1, sourceCount: 2, retryableSourceCount: 0, retries: [] });
    expect(run.sources).toMatchObject([
      { name: "Source 1", kind: "feed", url: "https://s1.example/", status: "queued", attempts: 0 },
      { name: "Mended", kind: "json_api", url: "https://mended.example/", status: "queued", attempts: 0 },
    ]);
    expect(await db.system.runSource.findMany({ where: { runId }, orderBy: { position: "asc" }, select: { position: true } })).toEqual([
      { position: 0 },
      { position: 1 },
    ]);
    expect((await look(organization, original)).retries).toEqual([{ id: runId, number }]);
  });

  it("leaves the worker nothing but those sources, whatever the preset holds", async () => {
    const organization = await organizationOf(3);
    const { runId } = await retry(organization, await endedRun(organization, "partial", ["succeeded", "failed", "succeeded"]));
    const lease: Lease = { orgId: organization.orgId, runId, token: randomUUID() };
    const pending = await db.withSystem(async (tx) => {
      const run = await takeRun(tx, runId, { workerId: randomUUID(), token: lease.token });
      await snapshotSources(tx, lease, run?.presetId ?? null);
      return listPendingSources(tx, lease);
    });
    expect(pending.map((source) => source.sourceId)).toEqual([organization.sourceIds[1]]);
  });

  it.each(["cancelled", "timed_out", "abandoned"] as const)("takes what was not finished, too, when the run was %s", async (status) => {
    const organization = await organizationOf(3);
    const { runId } = await retry(organization, await endedRun(organization, status, ["succeeded", "failed", "cancelled"]));
    expect((await look(organization, runId)).sources.map((source) => source.name)).toEqual(["Source 2", "Source 3"]);
  });

  it("leaves out what was deleted, turned off or quarantined since", async () => {
    const organization = await organizationOf(4);
    const original = await endedRun(organization, "failed", ["failed", "failed", "failed", "failed"]);
    const [deleted = "", off = "", quarantined = ""] = organization.sourceIds;
    await db.system.presetSource.deleteMany({ where: { sourceId: deleted } });
    await db.system.source.delete({ where: { id: deleted } });
    await db.system.source.update({ where: { id: off }, data: { enabled: false } });
    await db.system.source.update({ where: { id: quarantined }, data: { quarantinedAt: new Date(), crashCount: 3 } });
    expect((await look(organization, original)).retryableSourceCount).toBe(1);
    const { runId } = await retry(organization, original);
    expect((await look(organization, runId)).sources.map((source) => source.name)).toEqual(["Source 4"]);
  });

  it("starts nothing when none of them is collected any more, and says so", async () => {
    const organization = await organizationOf(2);
    const original = await endedRun(organization, "failed", ["failed", "failed"]);
    await db.system.source.updateMany({ where: { orgId: organization.orgId }, data: { enabled: false } });
    await expect(retry(organization, original)).rejects.toMatchObject({
      code: "gone",
      message: expect.stringContaining("the 2 sources were deleted, turned off"),
    });
    expect(await db.system.run.count({ where: { orgId: organization.orgId } })).toBe(1);
    expect(await db.system.organization.findUnique({ where: { id: organization.orgId } })).toMatchObject({ lastRunNumber: 1 });
  });

  it("starts nothing when no source failed, or when the run collected nothing", async () => {
    const organization = await organizationOf(1);
    const succeeded = await endedRun(organization, "succeeded", ["succeeded"]);
    await expect(retry(organization, succeeded)).rejects.toMatchObject({ code: "validation", message: expect.stringContaining("No source of run 1 failed") });
    await expect(retry(organization, await endedRun(organization, "missed", []))).rejects.toMatchObject({ code: "validation" });
  });

  it("is a typed conflict while a run is going, be it the run itself or another", async () => {
    const organization = await organizationOf(1);
    const original = await endedRun(organization, "failed", ["failed"]);
    const { runId } = await retry(organization, original);
    for (const refused of [original, runId]) {
      await expect(retry(organization, refused)).rejects.toMatchObject({
        code: "run_in_progress",
        message: expect.stringContaining("Run 2"),
        details: { runId },
      });
    }
  });

  it("is one run for a click that arrives many times at once", async () => {
    const organization = await organizationOf(2);
    const original = await endedRun(organization, "partial", ["failed", "succeeded"]);
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => retry(organization, original, key)));
    expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect((await look(organization, answers[0]?.runId ?? "")).sources).toHaveLength(1);
    await end(answers[0]?.runId ?? "");
    expect(await retry(organization, original, key)).toMatchObject({ runId: answers[0]?.runId, isNew: false });
  });

  it("does not know the runs of others", async () => {
    const [mine, theirs] = [await organizationOf(1), await organizationOf(1)];
    const run = await endedRun(theirs, "failed", ["failed"]);
    await expect(retry(mine, run)).rejects.toMatchObject({ code: "not_found" });
  });

  it("still says that it is a retry when the run before is no longer kept", async () => {
    const organization = await organizationOf(1);
    const original = await endedRun(organization, "failed", ["failed"]);
    const { runId } = await retry(organization, original);
    await db.system.run.delete({ where: { id: original } });
    expect(await look(organization, runId)).toMatchObject({ retryOfRunId: original, retryOfRunNumber: null });
  });
});
