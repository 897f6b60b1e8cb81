import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beat } from "@/db/heartbeat";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const newCanary = () => `canary-${randomBytes(12).toString("hex")}`;

/** An organization with a secret, and with a name of its own, wherever it can have one. */
async function plant(canaries: string[]) {
  const canary = () => {
    const text = newCanary();
    canaries.push(text);
    return text;
  };
  const { orgId, session, presetId, sourceIds } = await world.organization();
  const owner = world.caller(session);
  const definition = { name: canary(), kind: "feed" as const, url: `https://user:${canary()}@${canary()}.example/feed.xml?token=${canary()}`, config: {} };
  await world.db.system.source.updateMany({ where: { orgId }, data: { ...definition, lastFailureMessage: canary() } });
  await owner.source.update({
    id: sourceIds[0] ?? "",
    definition: { ...definition, url: `https://${canary()}.example/` },
    enabled: true,
    headers: [{ name: "Authorization", value: `Bearer ${canary()}` }],
  });
  await owner.preset.update({ id: presetId, name: canary(), sourceIds });
  canaries.push((await owner.apiKey.create({ name: canary(), scopes: ["read"] })).token);
  await owner.organization.rename({ name: canary() });
  await owner.member.invite({ email: `${canary()}@example.org`, role: "viewer" });
  const { runId } = await owner.run.start({ requestKey: randomUUID(), presetId });
  await world.db.system.run.update({ where: { id: runId }, data: { message: canary(), crashCount: 1 } });
  return { orgId, session };
}

test("diagnostics hold what helps, and neither a secret nor what anybody calls anything", async () => {
  const canaries: string[] = [];
  const { session } = await plant(canaries);
  await plant(canaries);
  // A text that a process reports about itself may hold an address with a password.
  const secret = newCanary();
  const report = { host: "here", pid: 7, version: "1.2.3", roles: ["worker" as const], startedAt: new Date(), clockSkewMs: 0, disk: null };
  const gauges = { armedWakeUps: 0, nextWakeUpAt: null, activeRuns: 0, holdReason: `No way to postgres://milkrun:${secret}@db/milkrun` };
  await beat(world.db, { instanceId: randomUUID(), ...report, ...gauges });
  const text = JSON.stringify(await world.caller(session).system.diagnostics());
  for (const canary of [...canaries, secret]) expect(text).not.toContain(canary);
  const diagnostics = JSON.parse(text);
  expect(diagnostics).toMatchObject({
    version: "0.0.0",
    runtime: { node: process.version },
    mail: false,
    status: { queuedRuns: 2, instances: [{ host: "here", holdReason: "No way to postgres://[redacted]@db/milkrun" }] },
    incidents: expect.arrayContaining([expect.objectContaining({ kind: "interrupted", runs: 2 })]),
  });
  expect(diagnostics.tables.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(["run", "schedule"]));
});

test("the canaries of this test would be found (control)", async () => {
  const canaries: string[] = [];
  const { orgId, session } = await plant(canaries);
  const sources = JSON.stringify(await world.caller(session).source.list());
  expect(canaries.some((canary) => sources.includes(canary))).toBe(true);
  expect(await world.db.system.source.count({ where: { orgId } })).toBe(1);
});
