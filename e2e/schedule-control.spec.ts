import type { Locator, Page } from "@playwright/test";
import superjson, { type SuperJSONResult } from "superjson";
import type { Schedule } from "@/domain/schedule";
import { type Api, feedSource, makePreset, startRun, storeSchedule } from "./fixtures/api";
import { open, reload } from "./fixtures/open";
import type { Site } from "./fixtures/site";
import { empty } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

test.describe("pausing the schedule", () => {
  test("with a note lasts until somebody resumes it, and Run now works meanwhile", async ({ page, api, site }) => {
    await scheduleDaily(api, site);
    await open(page, "/schedule");
    await choose(page, "Pause schedule…");
    const dialog = page.getByRole("dialog", { name: "Pause the schedule" });
    await dialog.getByLabel("Note").fill("Moving house");
    await dialog.getByRole("button", { name: "Pause schedule" }).click();
    await expect(dialog).toBeHidden();

    const notice = page.getByRole("alert").filter({ hasText: "Paused by Ada Example" });
    await expect(notice).toContainText("Moving house");
    await expect(notice).toContainText("Nothing starts by itself until somebody resumes it.");
    await expect(page.getByText("Paused. Would run every day at 07:00, Berlin time.")).toBeVisible();
    await expect(page.getByText("If you resume it now, the next runs would be:")).toBeVisible();
    expect(await api.schedule.get.query()).toMatchObject({ enabled: true, nextRunAt: null, pauseNote: "Moving house", pausedUntil: null });
    await page.getByRole("button", { name: "Run now" }).click();
    await expect(page.getByText(/^Run \d+ is queued\.$/)).toBeVisible();

    await reload(page);
    await notice.getByRole("button", { name: "Resume schedule" }).click();
    await expect(notice).toBeHidden();
    await expect(page.getByText("The schedule is on again. Next run:")).toBeVisible();
    await expect(page.getByText("On. Runs every day at 07:00, Berlin time.")).toBeVisible();
    expect(await api.schedule.get.query()).toMatchObject({ pausedAt: null, pauseNote: null, nextRunAt: expect.any(Date) });
  });

  test("until a date says in both zones when that is, refuses the past at its field, and shows the first runs after it", async ({ page, api, site }) => {
    await scheduleDaily(api, site);
    await open(page, "/schedule");
    await choose(page, "Pause schedule…");
    const dialog = page.getByRole("dialog", { name: "Pause the schedule" });
    await dialog.getByRole("radio", { name: "A date and a time" }).click();
    const field = dialog.getByLabel("Resumes at");
    await expect(field).toHaveAccessibleDescription(/In Berlin time\./);
    for (const { value, message } of [
      { value: "", message: "Pick a date and a time." },
      { value: "2020-01-01T00:00", message: "Pick a time in the future." },
    ]) {
      await field.fill(value);
      await dialog.getByRole("button", { name: "Pause schedule" }).click();
      await expect(field).toHaveAccessibleDescription(new RegExp(message));
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(field).toBeFocused();
    }
    const year = new Date(Date.now() + DAY_MS).getUTCFullYear() + 1;
    await field.fill(`${year}-02-03T07:00`);
    await expect(dialog.getByRole("status")).toHaveText(new RegExp(`^Resumes \\w{3} 3 Feb ${year}, 07:00 Berlin \\(06:00 your time\\)\\.$`));
    await dialog.getByRole("button", { name: "Pause schedule" }).click();
    await expect(dialog).toBeHidden();

    // A run exactly at the end of the pause starts.
    const end = new Date(`${year}-02-03T06:00:00.000Z`);
    expect(await api.schedule.get.query()).toMatchObject({ pausedUntil: end, nextRunAt: end });
    await expect(page.getByText("The first runs after the pause:")).toBeVisible();
    await expect(nextRuns(page).locator("tbody time").first()).toHaveAttribute("datetime", end.toISOString());
    await choose(page, "Change pause…");
    await expect(page.getByRole("dialog", { name: "Change the pause" }).getByLabel("Resumes at")).toHaveValue(`${year}-02-03T07:00`);
  });

  test("says what a clock change does to the chosen end", async ({ page, api, site }) => {
    await scheduleDaily(api, site, { timeZone: "America/New_York" });
    await open(page, "/schedule");
    await choose(page, "Pause schedule…");
    const dialog = page.getByRole("dialog", { name: "Pause the schedule" });
    await dialog.getByRole("radio", { name: "A date and a time" }).click();
    await dialog.getByLabel("Resumes at").fill("2028-03-12T02:30");
    await expect(dialog.getByRole("status")).toContainText("02:30 does not exist: it resumes at 03:00.");
    await dialog.getByLabel("Resumes at").fill("2028-11-05T01:30");
    await expect(dialog.getByRole("status")).toContainText("01:30 comes twice: it resumes at the first.");
  });

  test("until a moment resumes by itself, and the page follows without a reload", async ({ page, api, site }) => {
    await scheduleDaily(api, site);
    await open(page, "/schedule");
    const version = (await api.schedule.get.query())?.version ?? 0;
    const until = new Date(Date.now() + 5_000);
    const { nextRunAt } = await api.schedule.pause.mutate({ version, note: "Moving house", until });
    await reload(page);
    await expect(page.getByText("Paused. Would run every day at 07:00, Berlin time.")).toBeVisible();
    await expect(page.getByText(/^Paused by Ada Example on \d+ \w{3}: Moving house\. Resumes \d+ \w{3}\.$/)).toBeVisible();
    await expect(page.getByText("On. Runs every day at 07:00, Berlin time.")).toBeVisible();
    await expect(page.getByText(/^Next run in/).locator("time")).toHaveAttribute("datetime", nextRunAt?.toISOString() ?? "");

    await choose(page, "Change history");
    const history = page.getByRole("dialog", { name: "Change history" });
    await expect(history.getByRole("region", { name: "End of the pause" }).locator("time")).toHaveAttribute("datetime", until.toISOString());
    await expect(history.getByRole("region", { name: `Version ${version + 1}`, exact: true })).toContainText("Moving house");
  });

  test("takes unsaved changes for nobody else's, whoever pauses and wherever", async ({ page, api, site, guard }) => {
    guard.expectAnswer(409, "/api/trpc/schedule.update");
    await scheduleDaily(api, site);
    await open(page, "/schedule");
    await page.getByLabel("Cron expression").fill("15 3 * * *");
    await choose(page, "Pause schedule…");
    await page.getByRole("dialog").getByRole("button", { name: "Pause schedule" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Saved. The schedule is paused until somebody resumes it.")).toBeVisible();
    expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "15 3 * * *", nextRunAt: null, pausedAt: expect.any(Date) });

    await page.getByLabel("Cron expression").fill("45 4 * * *");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Find or do something" }).getByRole("combobox").fill("resume schedule");
    await expect(page.getByRole("option", { name: "Resume schedule" })).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(page.getByText("The schedule is on again.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save changes" })).toBeVisible();

    // A colleague's, which the page learns of when it saves.
    const resumed = (await api.schedule.get.query())?.version ?? 0;
    const { version } = await api.schedule.pause.mutate({ version: resumed, note: "Holiday" });
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeHidden();
    expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "45 4 * * *", pauseNote: "Holiday", version: version + 1 });
  });
});

test.describe("leaving out the next run", () => {
  test("shows which, and the run after it, until it is undone", async ({ page, api, site }) => {
    await scheduleDaily(api, site);
    const next = (await api.schedule.get.query())?.nextRunAt ?? new Date(0);
    await open(page, "/schedule");
    await choose(page, "Skip next run");
    const notice = page.getByRole("status").filter({ hasText: "is left out." });
    await expect(notice.locator("time")).toHaveAttribute("datetime", next.toISOString());
    const row = nextRuns(page).getByRole("row").filter({ hasText: "Left out." });
    await expect(row).toBeVisible();
    const dayAfter = new Date(next.getTime() + DAY_MS);
    await expect(page.getByText(/^Next run in/).locator("time")).toHaveAttribute("datetime", new RegExp(dayAfter.toISOString().slice(0, 10)));
    expect((await api.schedule.get.query())?.skipSlotAt).toEqual(next);
    await menu(page).click();
    await expect(page.getByRole("menuitem", { name: "Skip next run" })).toHaveCount(0);
    await page.keyboard.press("Escape");

    await notice.getByRole("button", { name: "Undo" }).click();
    await expect(notice).toBeHidden();
    await expect(row).toBeHidden();
    expect((await api.schedule.get.query())?.skipSlotAt).toBeNull();
  });

  test("is refused when somebody changed the schedule meanwhile, and the page then shows their change", async ({ page, api, site, guard }) => {
    guard.expectAnswer(409, "/api/trpc/schedule.skipNext");
    await scheduleDaily(api, site);
    await open(page, "/schedule");
    await storeSchedule(api, { cronExpression: "30 9 * * *", enabled: true });
    await choose(page, "Skip next run");
    await expect(page.getByText("No run was left out")).toBeVisible();
    await expect(page.getByText("On. Runs every day at 09:30, Berlin time.")).toBeVisible();
    expect((await api.schedule.get.query())?.skipSlotAt).toBeNull();
  });
});

test("a spread is stored, and the page says when the runs then start", async ({ page, api, site }) => {
  await scheduleDaily(api, site);
  await open(page, "/schedule");
  await page.getByRole("combobox", { name: "Spread" }).click();
  await page.getByRole("option", { name: "Up to 1 hour later" }).click();
  await expect(nextRuns(page)).toContainText(/Each starts .+ later, the first at 07:\d\d:\d\d: your organization's share of the spread\./);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. Next run:")).toBeVisible();
  const stored = await api.schedule.get.query();
  expect(stored?.spreadMs).toBe(3_600_000);
  const laterMs = (stored?.dueAt?.getTime() ?? 0) - (stored?.nextRunAt?.getTime() ?? 0);
  expect(laterMs).toBeGreaterThan(0);
  await reload(page);
  const start = new Date(7 * 60 * MINUTE_MS + laterMs).toISOString().slice(11, 19);
  await expect(page.getByText(`Starts at ${start}: your organization's share of the spread.`)).toBeVisible();
});

test.describe("runs that keep failing", () => {
  test("are warned of in time, with the way to the newest of them", async ({ page, api, site }) => {
    const presetId = await scheduleDaily(api, site, { enabled: false });
    const { runId, number } = await startRun(api, presetId);
    const streak = { count: 5, since: new Date(Date.now() - DAY_MS), lastMessage: "News: the site answered 404.", lastRunId: runId, lastRunNumber: number };
    await answerAs(page, { failureStreak: streak });
    await turnOn(page);
    const warning = page.getByRole("alert").filter({ hasText: "Runs keep failing" });
    await expect(warning).toContainText(/The last 5 runs failed since .+ Berlin/);
    await expect(warning).toContainText("Milkrun pauses the schedule after 20 in a row over at least 3 days.");
    await expect(warning).toContainText("News: the site answered 404.");
    await checkFit(page);
    await warning.getByRole("link", { name: `run ${number}` }).click();
    await expect(page).toHaveURL(`/runs/${runId}`);
  });

  test("pause the schedule in plain sight, and a person resumes it", async ({ page, api, site }) => {
    const presetId = await scheduleDaily(api, site, { enabled: false });
    const { runId, number } = await startRun(api, presetId);
    const pauseNote = "Paused by Milkrun: the last 20 runs failed, since Fri 20 Nov 2026, 07:00 Berlin. News: the site answered 404.";
    const failureStreak = { count: 20, since: new Date(Date.now() - 4 * DAY_MS), lastMessage: null, lastRunId: runId, lastRunNumber: number };
    await answerAs(page, { pausedAt: new Date(), pauseNote, pausedByName: null, nextRunAt: null, dueAt: null, failureStreak });
    await turnOn(page);
    const notice = page.getByRole("alert").filter({ hasText: "Paused because its runs keep failing" });
    await expect(notice).toContainText(pauseNote);
    await expect(notice.getByRole("link", { name: `run ${number}` })).toHaveAttribute("href", `/runs/${runId}`);
    await expect(page.getByText("Runs keep failing", { exact: true })).toHaveCount(0);
    await checkFit(page);
    await notice.getByRole("button", { name: "Resume schedule" }).click();
    await expect(notice).toBeHidden();
    await expect(page.getByText("On. Runs every day at 07:00, Berlin time.")).toBeVisible();
  });
});

test("the pause dialog, the pause and a run that is left out fit their window, in light and dark", async ({ page, api, site }, testInfo) => {
  await scheduleDaily(api, site);
  const look = (name: string) => checkFit(page, (scheme, width) => testInfo.outputPath(`${name}-${scheme}-${width}.png`));
  await open(page, "/schedule");
  await choose(page, "Skip next run");
  await expect(page.getByText("is left out.")).toBeVisible();
  await look("skip");
  await choose(page, "Pause schedule…");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Note").fill("Moving the news site to another address. ".repeat(5));
  await dialog.getByRole("radio", { name: "A date and a time" }).click();
  await dialog.getByLabel("Resumes at").fill("2030-02-03T07:00");
  await look("dialog");
  await dialog.getByRole("button", { name: "Pause schedule" }).click();
  await expect(dialog).toBeHidden();
  await look("pause");
});

/** Every day at 07:00 in Berlin, unless told otherwise, on. Returns the preset's id. */
async function scheduleDaily(api: Api, site: Site, settings: Parameters<typeof storeSchedule>[1] = {}): Promise<string> {
  const { preset } = await makePreset(api, "Quiet", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
  await storeSchedule(api, { presetId: preset.id, enabled: true, spreadMs: 0, ...settings });
  return preset.id;
}

function menu(page: Page): Locator {
  return page.getByRole("button", { name: "More about the schedule" });
}

async function choose(page: Page, item: string): Promise<void> {
  await menu(page).click();
  await page.getByRole("menuitem", { name: item }).click();
}

function nextRuns(page: Page): Locator {
  return page.getByRole("region", { name: "Next runs" });
}

/** Turns the schedule on; `answerAs` decides what the page is told of it. */
async function turnOn(page: Page): Promise<void> {
  await open(page, "/schedule");
  await page.getByRole("switch", { name: "Schedule on" }).click();
  await expect(page.getByRole("switch", { name: "Schedule on" })).toBeChecked();
}

/** Twenty runs in a row fail in no test's time: what the server answers to the next save is changed on its way to the page. */
async function answerAs(page: Page, change: Partial<Schedule>): Promise<void> {
  await page.route("**/api/trpc/schedule.update**", async (route) => {
    const response = await route.fetch();
    const [{ result }]: [{ result: { data: SuperJSONResult } }] = await response.json();
    const data = superjson.serialize({ ...superjson.deserialize<Schedule>(result.data), ...change });
    await route.fulfill({ response, json: [{ result: { data } }] });
  });
}

/** In both colour schemes, on a desk and on a phone: nothing sticks out, neither of the page nor of a dialog. */
async function checkFit(page: Page, shot?: (scheme: string, width: number) => string): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const overflowing = () => page.locator("html, [role=dialog]").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length);
      await expect.poll(overflowing, `${colorScheme}, ${width} px wide`).toBe(0);
      if (shot) await page.screenshot({ path: shot(colorScheme, width), fullPage: true });
    }
  }
}
