import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AUDIT_GROUPS } from "@/domain/audit";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { AUDITED_ACTS } from "@/testing/audited-acts";
import { callProcedure } from "@/testing/call-procedure";
import { PROCEDURES } from "./procedures";

const MUTATIONS = PROCEDURES.flatMap(([path, { type }]) => (type === "mutation" ? path : []));

/** Mutations that are not called here, and why. */
const EXCEPT: Record<string, string> = {
  "source.check": "stores nothing",
  "source.test": "stores nothing",
  "source.dependents": "changes nothing",
  "notification.testDraft": "waits for a worker; worker/test-draft.test.ts reads its entry",
  "setup.claim": "makes the organization; claim.test.ts reads its entry",
  "member.leave": "needs a second owner; member.test.ts reads its entry",
  "invitation.accept": "is somebody else's; invitation.test.ts reads its entry",
  "organization.switch": "changes one's own session and nothing of an organization",
  "organization.create": "makes another organization, whose audit begins with it; organization.test.ts reads its entry",
  "account.requestReset": "sends a mail, the same to whoever asks",
  "account.reset": "is for whoever has the link; account.test.ts reads its entry",
  "account.changePassword": "needs a password; account.test.ts reads its entry",
  "account.savePreferences": "changes how Milkrun looks to oneself; account.test.ts reads it back",
  "account.endSession": "ends one's own sessions",
  "account.endOtherSessions": "ends one's own sessions",
};

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

const entriesOf = (orgId: string) => world.db.system.auditEntry.findMany({ where: { orgId }, orderBy: { id: "asc" } });

test("every mutation is called below, or has a reason not to be", () => {
  expect([...Object.keys(AUDITED_ACTS), ...Object.keys(EXCEPT)].sort()).toEqual([...MUTATIONS].sort());
});

describe("one call is one entry, in words, with who, from where, and old and new values", () => {
  test.each(Object.entries(AUDITED_ACTS))("%s", async (path, { prepare, summary, changed }) => {
    const organization = await world.organization();
    const input = await prepare({ ...organization, world, owner: world.caller(organization.session) });
    const before = (await entriesOf(organization.orgId)).length;
    expect((await callProcedure(world, organization.session, path, input)).code).toBeUndefined();
    const added = (await entriesOf(organization.orgId)).slice(before);
    expect(added).toMatchObject([{ actorId: organization.userId, actorName: "Ada Lovelace", apiKeyPrefix: null, summary: expect.stringMatching(summary) }]);
    const [entry] = added;
    // What api-world gives for a client's address.
    expect(entry?.address).toMatch(/^[0-9a-f-]{36}$/);
    expect(AUDIT_GROUPS).toContain(entry?.action.split(".")[0]);
    expect(Object.keys(entry?.changes ?? {}).sort()).toEqual([...changed].sort());
  });
});

test("an entry of an API key says so, by the key's name and prefix", async () => {
  const organization = await world.organization();
  const { id, prefix, organizationId } = await world.key(organization, ["run"]);
  await world.caller({ id, organizationId }).run.start({ requestKey: randomUUID(), presetId: organization.presetId });
  expect(await entriesOf(organization.orgId)).toMatchObject([{ actorId: id, actorName: "Reporting", apiKeyPrefix: prefix, summary: "Started run 1" }]);
});
