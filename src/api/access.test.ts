import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROLES, type Role } from "@/auth/roles";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { callProcedure } from "@/testing/call-procedure";
import { procedureInputs } from "@/testing/procedure-inputs";
import { appRouter } from "./root";

const PATHS = Object.keys(appRouter._def.procedures);
const NOTHING = { presetId: randomUUID(), sourceId: randomUUID(), runId: randomUUID(), userId: randomUUID() };
/** For whoever has no session. */
const OPEN = ["account.recovery", "account.requestReset", "account.reset", "setup.claim", "setup.status"];
/** About one's own account: for whoever is signed in, member or not. */
const PERSONAL = ["account.changePassword", "account.endOtherSessions", "account.endSession", "account.rename", "account.sessions"];
/** Refused as forbidden for reasons that are no question of roles: a wrong set-up token, and that no mail is sent here. */
const FORBIDDEN_ANYHOW = ["account.requestReset", "setup.claim"];
/** What a person without a (known) role may call. */
const WITHOUT_ROLE = [...OPEN, ...PERSONAL].filter((path) => !FORBIDDEN_ANYHOW.includes(path)).sort();

/** What a viewer may call. */
const VIEWER = [
  ...OPEN,
  ...PERSONAL,
  "item.list",
  "member.me",
  "preset.list",
  "run.events",
  "run.get",
  "run.list",
  "schedule.get",
  "schedule.preview",
  "source.get",
  "source.list",
  "system.slotRecord",
  "system.status",
  "system.work",
];
/** What editors may not call, and admins and owners may. */
const ADMINS_ONLY = ["member.resetLink"];
const EDITOR = PATHS.filter((path) => !ADMINS_ONLY.includes(path));
const ALLOWED: Record<Role, string[]> = { owner: PATHS, admin: PATHS, editor: EDITOR, viewer: VIEWER };

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

/** Nothing that is asked for exists, so a permitted call is refused for that reason or changes nothing of importance. */
async function pathsThat(session: Parameters<ApiWorld["caller"]>[0], passes: (code: string | undefined) => boolean): Promise<string[]> {
  const inputs = procedureInputs(NOTHING);
  const passed: string[] = [];
  for (const path of PATHS) {
    const { code } = await callProcedure(world, session, path, inputs[path]);
    expect(code, path).not.toBe("INTERNAL_SERVER_ERROR");
    if (passes(code)) passed.push(path);
  }
  return passed.sort();
}

test("every procedure has an input to be tested with", () => {
  expect(Object.keys(procedureInputs(NOTHING)).sort()).toEqual([...PATHS].sort());
});

test("without a session everything but set-up and forgotten passwords is refused, before the input is looked at", async () => {
  expect(await pathsThat(null, (code) => code !== "UNAUTHORIZED")).toEqual(OPEN);
  expect(await callProcedure(world, null, "schedule.update", { cronExpression: "nonsense" })).toMatchObject({ code: "UNAUTHORIZED" });
});

describe("each role may call exactly what its permissions say", () => {
  test.each(ROLES)("%s", async (role) => {
    const { orgId } = await world.organization();
    const session = await world.join(orgId, role);
    expect(await pathsThat(session, (code) => code !== "FORBIDDEN")).toEqual(ALLOWED[role].filter((path) => !FORBIDDEN_ANYHOW.includes(path)).sort());
  });

  test.each(["", "Owner", "superuser", "viewer,owner"])("a role that is none of ours, %j, may nothing", async (role) => {
    const { orgId } = await world.organization();
    expect(await pathsThat(await world.join(orgId, role), (code) => code !== "FORBIDDEN")).toEqual(WITHOUT_ROLE);
  });
});

test("whoever left the organization may nothing, although the session still names it", async () => {
  const { orgId } = await world.organization();
  const session = await world.join(orgId, "owner");
  await world.db.system.member.deleteMany({ where: { userId: session.userId } });
  expect(await pathsThat(session, (code) => code !== "FORBIDDEN")).toEqual(WITHOUT_ROLE);
});

test("a session that names an organization of others gives no access to it", async () => {
  const mine = await world.organization();
  const theirs = await world.organization();
  const session = { ...mine.session, organizationId: theirs.orgId };
  expect(await pathsThat(session, (code) => code !== "FORBIDDEN")).toEqual(WITHOUT_ROLE);
});

test("a person without an organization is told so", async () => {
  const { session } = await world.organization();
  expect(await callProcedure(world, { ...session, organizationId: null }, "member.me", undefined)).toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringContaining("belongs to no organization"),
  });
});

test("the refusal of a role says which role it is and what to do", async () => {
  const { orgId } = await world.organization();
  const refusal = await callProcedure(world, await world.join(orgId, "viewer"), "run.cancel", { runId: randomUUID() });
  expect(refusal).toMatchObject({ message: "Your role, viewer, does not allow this. Nothing was changed. Ask an owner or admin of the organization." });
});
