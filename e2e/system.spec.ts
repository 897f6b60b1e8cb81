import fs from "node:fs";
import type { Page, Route } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, feedSource, makePreset, startRun, storeSchedule, waitForEnd } from "./fixtures/api";
import { asRole } from "./fixtures/database";
import { type LedgerRow, writeLedger } from "./fixtures/ledger";
import { open } from "./fixtures/open";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const LATE = [{ id: "late-1", title: "Late cheese" }];
const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [1280, 390] as const;
const STATUS = /api\/trpc\/[^?]*system\.status/;
const ALL = /api\/trpc\/system\./;

test("the System page says that all is well, what is due next and which process does what", async ({ page, api, site }) => {
  const { preset } = await makePreset(api, "System", [feedSource("A feed", site.serve("/a.xml", feed(LATE)))]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "30 2 * * *", timeZone: "Europe/Berlin", enabled: true });
  await open(page, "/system");
  for (const [name, word] of [
    ["Scheduler", "Running"],
    ["Workers", "Ready"],
    ["Queue", "Empty"],
    ["Database", "Answering"],
    ["Disk", "free"],
    ["Mail", "Not set up"],
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
  await expect(page.getByRole("region", { name: "Recent incidents" }).getByRole("row").filter({ hasText: "Process started" })).toHaveCount(1);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download diagnostics" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^milkrun-diagnostics-20\d\d-\d\d-\d\d\.json$/);
  expect(JSON.parse(fs.readFileSync(await file.path(), "utf8"))).toMatchObject({ mail: false, status: { schedulerAlive: true } });
});

test("a member who is no admin sees a summary, without machines, and is refused the rest", async ({ page, api }) => {
  const { user } = await api.member.me.query();
  await asRole(user.id, "viewer", async () => {
    await open(page, "/system");
    await expect(tile(page, "Scheduler")).toContainText("Running");
    await expect(page.getByText("This is a summary.")).toBeVisible();
    for (const name of ["Processes", "At work", "Recent incidents", "Next slots"]) await expect(page.getByRole("region", { name, exact: true })).toHaveCount(0);
    await expect(page.locator("main").getByRole("button")).toHaveCount(0);
    for (const refused of [api.system.diagnostics, api.system.incidents, api.system.dueInstants, api.system.work]) {
      await expect(refused.query()).rejects.toThrow("Your role, viewer, does not allow this.");
    }
  });
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

test("what cannot be read is unknown, never well, and comes back by itself", async ({ page, guard, context }) => {
  await page.clock.install();
  await open(page, "/system");
  await expect(tile(page, "Scheduler")).toContainText("Running");
  await test.step("an answer that does not come makes the last one old after 30 s", async () => {
    const held = await holdRequests(page);
    const processes = page.getByRole("region", { name: "Processes", exact: true });
    await expect(async () => {
      // An answer that was on its way already may come after the first step.
      await page.clock.fastForward(31_000);
      for (const name of ["Scheduler", "Slots, 24 hours", "Sites"]) await expect(tile(page, name)).toContainText("Unknown", { timeout: 2_000 });
      await expect(processes).toContainText("Unknown: the server did not answer.", { timeout: 2_000 });
    }).toPass();
    await held.release();
    await expect(tile(page, "Scheduler")).toContainText("Running");
  });
  await test.step("so does one that is an error, which is told besides", async () => {
    guard.expectAnswer(500, "/api/trpc/system.");
    await context.route(ALL, (route) => route.fulfill({ status: 500, contentType: "application/json", body: "{}" }));
    await expect(async () => {
      // The page tries again before it gives up, each time a little later.
      await page.clock.fastForward(5_000);
      await expect(page.getByText("The state of the system could not be read")).toBeVisible({ timeout: 250 });
    }).toPass();
    await expect(tile(page, "Scheduler")).toContainText("Unknown");
    await context.unroute(ALL);
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(tile(page, "Scheduler")).toContainText("Running");
    await expect(page.getByText("The state of the system could not be read")).toBeHidden();
  });
});

test("every page says so when no worker runs, when every worker holds and when the scheduler is silent", async ({ page, context }) => {
  await page.clock.install();
  await open(page, "/schedule");
  const alert = (text: string) => page.getByRole("alert").filter({ hasText: text });
  let changes: object = {};
  await changeStatus(page, () => changes);
  for (const { status, banner } of [
    { status: { workerAlive: false }, banner: "Nothing is being collected: no worker process is running. Start one, or give a process the worker role." },
    {
      status: { holdReason: "Less than 1 GB is free where the database is, so nothing is collected until there is more." },
      banner: "Less than 1 GB is free where the database is",
    },
    { status: { schedulerAlive: false }, banner: "Scheduled runs will not start." },
  ]) {
    await expect(alert(banner)).toHaveCount(0);
    changes = status;
    await page.clock.fastForward(21_000);
    await expect(alert(banner)).toBeVisible();
  }
  await page.getByRole("link", { name: "System status" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("System");
  await context.unrouteAll({ behavior: "ignoreErrors" });
});

test("with much to show the System page counts slots in words and fits its window, accessible in light and dark", async ({ page, api, site }, testInfo) => {
  await recordSlots(api);
  const held = site.hold("/held.xml", feed(LATE));
  const { preset } = await makePreset(api, "Look", [feedSource("Held feed", site.url("/held.xml"))]);
  const { runId } = await startRun(api, preset.id);
  await held.arrived;
  await open(page, "/system");
  const section = page.getByRole("region", { name: "Slots of the last 24 hours" });
  await expect(section.getByRole("img", { name: /^24 hours, one bar each: / })).toBeVisible();
  await expect(section.getByText("On time: 3", { exact: true })).toBeVisible();
  await expect(section.getByText("Missed: 2", { exact: true })).toBeVisible();
  await expect(section.getByText(/^Half were dispatched within \d/)).toBeVisible();
  await expect(tile(page, "Slots, 24 hours")).toContainText("2 missed");
  await expect(page.getByRole("region", { name: "Recent incidents" })).toContainText("2 slots of 1 schedule from");
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const beyond = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      await expect.poll(beyond, `px beyond the window, ${colorScheme}, ${width} px wide`).toBeLessThanOrEqual(0);
      await page.screenshot({ path: testInfo.outputPath(`system-${colorScheme}-${width}.png`), fullPage: true });
    }
    await expectAccessible(page, `the System page, ${colorScheme}`);
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

/** As if the scheduler had served three slots, and had not been there for two before. */
async function recordSlots(api: Api): Promise<void> {
  await storeSchedule(api, { cronExpression: "* * * * *", timeZone: "UTC" });
  const minute = (ago: number) => new Date((Math.floor(Date.now() / 60_000) - ago) * 60_000);
  const rows: LedgerRow[] = [{ status: "missed", slotAt: minute(5), spanStartAt: minute(6), missedCount: 2 }];
  for (const ago of [4, 3, 2]) rows.push({ status: "succeeded", slotAt: minute(ago), newCount: 1 });
  await writeLedger((await api.member.me.query()).organization.id, rows);
}

/** From the next reading on the server says this of itself. */
async function changeStatus(page: Page, changes: () => object): Promise<void> {
  await page.route(STATUS, async (route) => {
    const response = await route.fetch();
    const answers: { result?: { data?: { json?: object } } }[] = await response.json();
    for (const { result } of [answers].flat()) if (result?.data?.json && "schedulerAlive" in result.data.json) Object.assign(result.data.json, changes());
    await route.fulfill({ response, json: answers });
  });
}

/** Keeps what the page asks about the system waiting. */
async function holdRequests(page: Page): Promise<{ release(): Promise<void> }> {
  const held: Route[] = [];
  let isReleased = false;
  await page.route(ALL, (route) => (isReleased ? route.continue() : void held.push(route)));
  return {
    async release() {
      isReleased = true;
      await Promise.all(held.map((route) => route.continue()));
      await page.unroute(ALL);
    },
  };
}
