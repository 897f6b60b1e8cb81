import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemberSession } from "@/api/init";
import { withClient } from "@/db/connect";
import { KEY_SCOPES } from "@/domain/api-key";
import { type ApiWorld, type Asker, createApiWorld } from "@/testing/api-world";
import { callProcedure } from "@/testing/call-procedure";
import { type InputSubjects, procedureInputs } from "@/testing/procedure-inputs";
import { appRouter } from "./root";

const PATHS = Object.keys(appRouter._def.procedures);
const CANARY = "canary-7f3a";
/** Answers that hold nothing of any organization. */
const OPEN = new Set(["setup.status", "setup.claim", "schedule.preview", "system.status", "system.work", "system.slotRecord"]);

interface Victim extends InputSubjects {
  orgId: string;
  session: MemberSession;
}

let world: ApiWorld;
let victim: Victim;

beforeAll(async () => {
  world = await createApiWorld();
  victim = await createVictim();
});

afterAll(() => world.close());

/** An organization with something of everything, marked. */
async function createVictim(): Promise<Victim> {
  const { orgId, session, presetId, sourceIds } = await world.organization({ urls: [`https://${CANARY}.example/feed.xml`] });
  const sourceId = sourceIds[0] ?? "";
  const owner = world.caller(session);
  await owner.preset.update({ id: presetId, name: CANARY, sourceIds });
  await owner.schedule.update({ cronExpression: "17 3 * * *", timeZone: "Pacific/Chatham", presetId, enabled: true });
  const { runId } = await owner.run.start({ requestKey: "0b0e3c0c-7d6b-4c43-9a59-0b6f4b5d5f11" });
  await world.db.system.$executeRaw`
    insert into item (org_id, source_id, key, title, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id, last_changed_at, last_changed_run_id)
    values (${orgId}::uuid, ${sourceId}::uuid, 'one', ${CANARY}, '{}', '', now(), ${runId}::uuid, now(), ${runId}::uuid, now(), ${runId}::uuid)`;
  const { key } = await owner.apiKey.create({ name: CANARY, scopes: ["read"] });
  const [version] = (await owner.schedule.history({})).entries;
  return { orgId, session, presetId, sourceId, runId, keyId: key.id, scheduleVersionId: version?.id ?? "" };
}

/** Every row of the victim's, read behind row-level security. */
function readVictim({ orgId }: Victim): Promise<unknown[]> {
  return withClient(world.testDatabase.ownerConnection, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'org_id' order by 1",
    );
    const contents: unknown[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query(`select * from "${name}" where org_id = $1 order by to_jsonb("${name}")::text`, [orgId]);
      contents.push({ name, rows });
    }
    return contents;
  });
}

/** Has the stranger ask for what is the victim's, and finds nothing of it shown or changed. */
async function expectNothingOf(owner: Victim, stranger: Asker, path: string) {
  const before = await readVictim(owner);
  const outcome = await callProcedure(world, stranger, path, procedureInputs(owner)[path]);
  expect(outcome.code).not.toBe("INTERNAL_SERVER_ERROR");
  for (const secret of marksOf(owner)) expect(JSON.stringify(outcome)).not.toContain(secret);
  expect(await readVictim(owner)).toEqual(before);
}

test.each(PATHS)("%s shows and changes nothing of another organization", async (path) => {
  await expectNothingOf(victim, (await world.organization()).session, path);
});

test.each(PATHS)("%s shows and changes nothing of another organization to an API key with every scope", async (path) => {
  await expectNothingOf(victim, await world.key(await world.organization(), [...KEY_SCOPES]), path);
});

const marksOf = ({ orgId, session }: Victim) => [CANARY, "17 3 * * *", "Pacific/Chatham", orgId, session.userId];

test.each(PATHS.filter((path) => !OPEN.has(path)))("%s shows or changes something for its own people, which the test above would notice", async (path) => {
  const own = await createVictim();
  const before = await readVictim(own);
  const outcome = await callProcedure(world, own.session, path, procedureInputs(own)[path]);
  const shows = marksOf(own).some((mark) => JSON.stringify(outcome).includes(mark));
  const changes = JSON.stringify(await readVictim(own)) !== JSON.stringify(before);
  expect(shows || changes || outcome.code === "CONFLICT").toBe(true);
});

test("a name that another organization uses is free", async () => {
  const stranger = await world.organization();
  await expect(world.caller(stranger.session).preset.create({ name: CANARY, sourceIds: [] })).resolves.toMatchObject({ name: CANARY });
});

test("another organization's source cannot be put into a preset", async () => {
  const stranger = await world.organization();
  const refusal = await callProcedure(world, stranger.session, "preset.create", { name: "Mine", sourceIds: [victim.sourceId] });
  expect(refusal).toMatchObject({ code: "BAD_REQUEST" });
});
