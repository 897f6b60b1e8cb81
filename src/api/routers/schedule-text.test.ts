import { afterAll, beforeAll, expect, test } from "vitest";
import { nextOccurrence } from "@/domain/occurrences";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { RANDOM_SEED } from "@/testing/random";
import { randomCrons } from "@/testing/random-cron";
import { draftOf, proposeDraft, realEdits, toUpdate } from "@/ui/schedule/schedule-draft";

const ZONE = "Europe/Berlin";
const COUNT = 500;
/** They save at the same time, each its share. */
const ORGANIZATIONS = 5;

let world: ApiWorld;

beforeAll(async () => {
  world = await createApiWorld();
});

afterAll(() => world.close());

test(`${COUNT} expressions in every spelling come back from opening and saving as they were typed (MILKRUN_TEST_SEED=${RANDOM_SEED})`, async () => {
  const now = new Date("2026-11-24T00:00:00Z");
  const texts = randomCrons(2 * COUNT, RANDOM_SEED)
    .filter((text) => nextOccurrence(text, ZONE, now) !== null)
    .slice(0, COUNT);
  expect(texts).toHaveLength(COUNT);
  const share = COUNT / ORGANIZATIONS;
  await Promise.all(Array.from({ length: ORGANIZATIONS }, (_, index) => saveEach(texts.slice(index * share, (index + 1) * share))));
});

/** What the form does: the stored schedule as a draft, an edit, and only what differs is sent. */
async function saveEach(texts: readonly string[]): Promise<void> {
  const { session, presetId } = await world.organization();
  const owner = world.caller(session);
  let stored = await owner.schedule.update(toUpdate(proposeDraft(ZONE, presetId)));
  for (const text of texts) {
    stored = await owner.schedule.update({ version: stored.version, ...toUpdate(realEdits(draftOf(stored), { cronExpression: text })) });
    expect(draftOf(stored).cronExpression).toBe(text);
  }
  const last = texts[texts.length - 1];
  await owner.schedule.update({ version: stored.version, ...toUpdate(realEdits(draftOf(stored), { timeZone: "UTC", cronExpression: last ?? "" })) });
  expect(await owner.schedule.get()).toMatchObject({ cronExpression: last, timeZone: "UTC" });
}
