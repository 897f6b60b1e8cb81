import type { Browser } from "@playwright/test";
import { type Api, createApi, feedSource, makePreset, settle, startRun, waitForEnd } from "./fixtures/api";
import { claim } from "./fixtures/claim";
import { query } from "./fixtures/database";
import { ServerProcess } from "./fixtures/server-process";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const EARLY = [
  { id: "early-1", title: "Early milk" },
  { id: "early-2", title: "Early bread" },
];
const LATE = [{ id: "late-1", title: "Late cheese" }];
const MINUTE_MS = 60_000;

test.describe("a Milkrun of its own", () => {
  // The second test goes on with the server of the first one: setting up another would only take time.
  test.describe.configure({ mode: "serial", timeout: 4 * MINUTE_MS });
  let server: ServerProcess;
  let cookie: string;

  test.beforeAll(async ({ sitePort }) => {
    server = await ServerProcess.create(sitePort);
    cookie = await claim(server.baseUrl, (await server.start()) ?? "");
  });
  test.afterAll(() => server.dispose());

  test("resumes after the restart the run that its death interrupted, with one ledger row for each slot", async ({ site, browser }) => {
    const api = createApi(server.baseUrl, cookie);
    site.serve("/early.xml", feed(EARLY));
    const held = site.hold("/late.xml", feed(LATE));
    const { preset } = await makePreset(api, "Crash", [feedSource("Early feed", site.url("/early.xml")), feedSource("Late feed", site.url("/late.xml"))]);
    const schedule = await api.schedule.update.mutate({ cronExpression: "* * * * *", timeZone: "UTC", presetId: preset.id, enabled: true });

    const runId = await waitForInterruptibleRun(api);
    const { page, close } = await openPage(browser, server.baseUrl, cookie, `/runs/${runId}`);
    await expect(page.getByText("1 of 2 sources", { exact: true })).toBeVisible();
    await server.crash();
    expect(await server.start(), "a claimed Milkrun prints no set-up link").toBeNull();
    held.release();

    const run = await waitForEnd(api, runId, 90_000);
    expect(run).toMatchObject({ status: "succeeded", attempt: 2, newCount: 3 });
    expect(site.requestCount("/early.xml"), "a source with an outcome is not collected again").toBe(1);
    expect((await api.item.list.query({ runId })).items.map(({ key }) => key).toSorted()).toEqual(["early-1", "early-2", "late-1"]);
    await expect(page.locator("main").getByText("Succeeded", { exact: true }).first(), "the page that was open meanwhile").toBeVisible({ timeout: 60_000 });
    await expect(page.getByText("Resumed once: its worker stopped without a word.")).toBeVisible();
    await close();

    await api.schedule.update.mutate({ enabled: false });
    await expectEverySlotOnce(api, schedule.lowerBoundAt);
  });

  test("hands a run back when it is asked to stop, ends well, and finishes the run after the next start", async ({ site }) => {
    const api = createApi(server.baseUrl, cookie);
    await settle(api);
    const held = site.hold("/last.xml", feed(LATE));
    const { preset } = await makePreset(api, "Stop", [feedSource("Last feed", site.url("/last.xml"))]);
    const { runId } = await startRun(api, preset.id);
    await held.arrived;
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    await server.start();
    held.release();
    expect(await waitForEnd(api, runId, 90_000), "a hand-back counts as no attempt").toMatchObject({ status: "succeeded", attempt: 1, newCount: 1 });
  });

  test("says on the Schedule page that the scheduler is gone, and once it is back which slot was missed", async ({ site, browser }) => {
    const api = createApi(server.baseUrl, cookie);
    await settle(api);
    const { preset } = await makePreset(api, "Missed", [feedSource("A feed", site.url("/missed.xml"))]);
    const slotAt = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 180 * MINUTE_MS);
    const daily = `${slotAt.getUTCMinutes()} ${slotAt.getUTCHours()} * * *`;
    await api.schedule.update.mutate({ cronExpression: daily, timeZone: "UTC", enabled: true, missedPolicy: "run_once", presetId: preset.id });
    await server.crash();
    await server.start({ MILKRUN_ROLES: "web" });
    // As if it had been dead for three hours: longer than the hour of grace.
    const before = new Date(slotAt.getTime() - MINUTE_MS);
    await query("update heartbeat set last_seen_at = now() - interval '91 seconds' where 'scheduler' = any(roles)", [], server.dataDir);
    await query("update schedule set next_run_at = $1, due_at = $1, lower_bound_at = $2", [slotAt, before], server.dataDir);

    const { page, close } = await openPage(browser, server.baseUrl, cookie, "/schedule");
    const banner = page.getByRole("alert").filter({ hasText: "The scheduler has not checked in since" });
    await expect(banner).toContainText("Scheduled runs will not start.");
    await expect(page.getByText("waiting for the scheduler")).toBeVisible();
    await server.stop();
    await server.start();
    await expect.poll(async () => (await api.run.list.query({ status: ["missed"] })).runs[0]).toMatchObject({ slotAt, missedCount: 1 });
    await page.reload();
    await page.getByRole("heading", { name: "History" }).scrollIntoViewIfNeeded();
    await expect(page.getByRole("figure", { name: /^The last / }).getByRole("link", { name: /: Missed, / })).toHaveCount(1);
    await expect(banner).toHaveCount(0);
    await close();
  });
});

/** The run that the scheduler fired, once one of its two sources is done and the other one hangs. */
async function waitForInterruptibleRun(api: Api): Promise<string> {
  let runId = "";
  await expect
    .poll(
      async () => {
        const [run] = (await api.run.list.query({ trigger: "schedule", status: ["running"] })).runs;
        runId = run?.id ?? "";
        return run?.doneSourceCount;
      },
      { message: "sources that are done", timeout: 2 * MINUTE_MS, intervals: [250] },
    )
    .toBe(1);
  return runId;
}

/** A page in a browser that nobody guards: losing the server may show on its console. */
async function openPage(browser: Browser, baseUrl: string, cookie: string, path: string) {
  const context = await browser.newContext({ baseURL: baseUrl, storageState: { cookies: [], origins: [] } });
  await context.addCookies(
    cookie.split("; ").map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return { name, value: value.join("="), url: baseUrl };
    }),
  );
  const page = await context.newPage();
  await page.goto(path);
  return { page, close: () => context.close() };
}

async function expectEverySlotOnce(api: Api, from: Date): Promise<void> {
  const { runs } = await api.run.list.query({ trigger: "schedule", limit: 200 });
  const slots = runs.map(({ slotAt }) => slotAt?.getTime() ?? 0).toReversed();
  const first = (Math.floor(from.getTime() / MINUTE_MS) + 1) * MINUTE_MS;
  expect(slots).toEqual(slots.map((_, index) => first + index * MINUTE_MS));
}
