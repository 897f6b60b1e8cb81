import type { Page } from "@playwright/test";
import { type Api, feedSource, makePreset, startRun, storeSchedule, waitForEnd } from "./fixtures/api";
import { open } from "./fixtures/open";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const LATE = [{ id: "late-1", title: "Late cheese" }];
const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [1280, 390] as const;
/** For what waits for a slot, or for answers to grow old. */
const SLOW_MS = 240_000;

test("the System page says that all is well, what is due next and which process does what", async ({ page, api, site }) => {
  const { preset } = await makePreset(api, "System", [feedSource("A feed", site.serve("/a.xml", feed(LATE)))]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "30 2 * * *", timeZone: "Europe/Berlin", enabled: true });
  await open(page, "/system");
  for (const [name, word] of [
    ["Scheduler", "Running"],
    ["Workers", "Ready"],
    ["Queue", "Empty"],
    ["Database", "Answering"],
    ["Clocks", "In step"],
  ] as const) {
    await expect(tile(page, name), name).toContainText(word);
  }
  await expect(tile(page, "Time zone rules")).toContainText(/20\d\d[a-z]/);
  await expect(page.getByText("Unknown", { exact: true })).toHaveCount(0);
  const due = page.getByRole("region", { name: "Next slots" }).getByRole("row").filter({ hasText: "02:30 Berlin" });
  await expect(due.getByRole("cell")).toHaveText("1");
  await expect(processRow(page)).toContainText("web, scheduler, worker");
  await expect(processRow(page)).toContainText("Alive");
});

test("a run that is going is shown with its worker and its progress, and leads to its page", async ({ page, api, site }) => {
  const held = site.hold("/late.xml", feed(LATE));
  const { preset } = await makePreset(api, "Busy", [
    feedSource("Early feed", site.serve("/early.xml", feed(LATE))),
    feedSource("Late feed", site.url("/late.xml")),
  ]);
  const { runId, number } = await startRun(api, preset.id);
  await held.arrived;
  await open(page, "/system");
  const row = page
    .getByRole("region", { name: "At work" })
    .getByRole("row")
    .filter({ hasText: `Run ${number}` });
  await expect(row).toContainText("1 of 2");
  await expect(tile(page, "Workers")).toContainText(/Collecting|Ready/);
  await expect(tile(page, "Queue")).toContainText("1 run going.");
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${number}`);
  held.release();
  await waitForEnd(api, runId);
  await open(page, "/system");
  await expect(page.getByRole("region", { name: "At work" })).toContainText("No run is going.");
});

test("the slots of the last 24 hours are counted in words under their bars", async ({ page, api, site }) => {
  test.setTimeout(SLOW_MS);
  await serveOneSlot(api, site.serve("/slot.xml", feed(LATE)));
  await open(page, "/system");
  const section = page.getByRole("region", { name: "Slots of the last 24 hours" });
  await expect(section.getByRole("img", { name: /^24 hours, one bar each: / })).toBeVisible();
  await expect(section.getByText(/^On time: [1-9]/)).toBeVisible();
  await expect(section.getByText(/^Half were dispatched within \d/)).toBeVisible();
  await expect(tile(page, "Slots, 24 hours")).toContainText("(p95)");
});

test("what cannot be read is unknown, never well, and comes back by itself", async ({ page, guard, context }) => {
  test.setTimeout(SLOW_MS);
  await open(page, "/system");
  await expect(tile(page, "Scheduler")).toContainText("Running");
  guard.expectAnswer(500, "/api/trpc/system.");
  await context.route(/api\/trpc\/system\./, (route) => route.fulfill({ status: 500, contentType: "application/json", body: "{}" }));
  await expect(page.getByText("The state of the system could not be read")).toBeVisible({ timeout: 45_000 });
  await expect(tile(page, "Scheduler")).toContainText("Unknown", { timeout: 45_000 });
  await expect(tile(page, "Slots, 24 hours")).toContainText("Unknown", { timeout: 60_000 });
  await expect(page.getByRole("region", { name: "Processes" })).toContainText("Unknown: the server did not answer.");
  await context.unroute(/api\/trpc\/system\./);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(tile(page, "Scheduler")).toContainText("Running");
  await expect(page.getByText("The state of the system could not be read")).toBeHidden();
});

for (const { what, status, banner } of [
  {
    what: "no worker runs",
    status: { workerAlive: false },
    banner: "Nothing is being collected: no worker process is running. Start one, or give a process the worker role.",
  },
  {
    what: "every worker holds",
    status: { holdReason: "Less than 1 GB is free where the database is, so nothing is collected until there is more." },
    banner: "Less than 1 GB is free where the database is",
  },
  { what: "the scheduler is silent", status: { schedulerAlive: false }, banner: "Scheduled runs will not start." },
]) {
  test(`every page says so when ${what}`, async ({ page, context }) => {
    await open(page, "/schedule");
    await expect(page.getByRole("alert").filter({ hasText: banner })).toHaveCount(0);
    await changeStatus(page, status);
    await expect(page.getByRole("alert").filter({ hasText: banner })).toBeVisible({ timeout: 45_000 });
    await page.getByRole("link", { name: "System status" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("System");
    await context.unrouteAll({ behavior: "ignoreErrors" });
  });
}

test("the System page fits its window with much to show, in light and dark", async ({ page, api, site }, testInfo) => {
  test.setTimeout(SLOW_MS);
  await serveOneSlot(api, site.serve("/look.xml", feed(LATE)));
  const held = site.hold("/held.xml", feed(LATE));
  const { preset } = await makePreset(api, "Look", [feedSource("Held feed", site.url("/held.xml"))]);
  const { runId } = await startRun(api, preset.id);
  await held.arrived;
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await open(page, "/system");
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(beyond, `px beyond the window, ${colorScheme}, ${width} px wide`).toBeLessThanOrEqual(0);
      await page.screenshot({ path: testInfo.outputPath(`system-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
  held.release();
  await waitForEnd(api, runId);
});

function tile(page: Page, name: string) {
  return page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
}

function processRow(page: Page) {
  return page.getByRole("region", { name: "Processes", exact: true }).getByRole("row").filter({ hasText: "Alive" });
}

/** Waits until the schedule has fired once and what it started has ended. */
async function serveOneSlot(api: Api, url: string): Promise<void> {
  const { preset } = await makePreset(api, "Slot", [feedSource("A feed", url)]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "* * * * *", timeZone: "UTC", enabled: true });
  const newest = async () => (await api.run.list.query({ trigger: "schedule", limit: 1 })).runs[0]?.id;
  const before = await newest();
  await expect.poll(newest, { message: "a slot is due", timeout: 75_000, intervals: [500] }).not.toBe(before);
  await api.schedule.update.mutate({ enabled: false });
  await waitForEnd(api, (await newest()) ?? "");
}

/** From the next reading on the server says this of itself. */
async function changeStatus(page: Page, changes: object): Promise<void> {
  await page.route(/api\/trpc\/[^?]*system\.status/, async (route) => {
    const response = await route.fetch();
    const answers: { result?: { data?: { json?: object } } }[] = await response.json();
    for (const { result } of [answers].flat()) if (result?.data?.json && "schedulerAlive" in result.data.json) Object.assign(result.data.json, changes);
    await route.fulfill({ response, json: answers });
  });
}
