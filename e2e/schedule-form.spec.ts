import type { Locator, Page } from "@playwright/test";
import { type Api, feedSource, makePreset, startRun, storeSchedule, waitForEnd } from "./fixtures/api";
import { open } from "./fixtures/open";
import { cronField, saveBar } from "./fixtures/schedule-page";
import type { Site } from "./fixtures/site";
import { empty, feed, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";
import { pickTimeZone } from "./fixtures/time-zone-field";

/** What is typed, which of the five fields is marked, what stands at the field, and what is selected after a try to save. */
const MISTYPED = [
  { cron: "60 * * * *", marks: "minute", message: "Minute must be 0 to 59. You have 60.", selects: "60" },
  { cron: "0 0 32 * *", marks: "dayOfMonth", message: "Day of month must be 1 to 31. You have 32.", selects: "32" },
  { cron: "0 9 * *", marks: "dayOfWeek", message: "Cron needs 5 fields. This has 4; the weekday is missing.", selects: "0 9 * *" },
  { cron: "5-1 * * * *", marks: "minute", message: "Minute range 5-1 runs backwards. Use 1-5, or 5-59,0-1.", selects: "5-1" },
  { cron: "0 9 * * 1-5,", marks: "dayOfWeek", message: "Weekday ends with a comma.", selects: "1-5," },
  { cron: "0 0 30 2 *", marks: "dayOfMonth", message: "This never runs: February has no day 30.", selects: "30" },
  { cron: "0 9 15W * *", marks: "dayOfMonth", message: "`W` is not supported here. Use a plain day, for instance 15.", selects: "15W" },
  { cron: "0 0 9 * * *", marks: null, message: "Seconds are not supported. Remove the first field.", selects: "0 0 9 * * *" },
  {
    cron: "@reboot",
    marks: null,
    message: "@reboot is not supported: a schedule follows the clock, not the start of the server. Use @hourly or a time.",
    selects: "@reboot",
  },
] as const;

const NOTED = [
  { cron: "*/7 * * * *", note: "uneven. Runs at :00 … :56, then again at :00, 4 minutes later." },
  { cron: "0 9 13 * 5", note: 'runs on day 13 and also on every Friday. Cron joins these with "or".' },
] as const;

/** What is typed into the zone search, and which zone is meant. */
const ZONE_SEARCHES = [
  { search: "Kolk", id: "Asia/Kolkata" },
  { search: "kyiv", id: "Europe/Kyiv" },
  { search: "PT", id: "America/Los_Angeles" },
  { search: "+5:30", id: "Asia/Kolkata" },
  { search: "são", id: "America/Sao_Paulo" },
] as const;

test.describe("the schedule's form", () => {
  test.beforeEach(async ({ api, site, page }) => {
    await storeUnhurried(api, site);
    await openSchedule(page);
  });

  test("says at the field what is wrong with a mistyped cron, leads there on saving, and stores nothing", async ({ page, api }) => {
    const before = await api.schedule.get.query();
    const field = cronField(page);
    for (const { cron, marks, message, selects } of MISTYPED) {
      await field.fill(cron);
      await expect(field, cron).toHaveAccessibleDescription(new RegExp(escapeRegExp(message)));
      await expect(field, cron).toHaveAttribute("aria-invalid", "true");
      await expect(failingFields(page), cron).toHaveCount(marks ? 1 : 0);
      if (marks) await expect(failingFields(page), cron).toHaveAttribute("data-field", marks);
      // What describes the input is the very message at the marked field.
      const described = (await field.getAttribute("aria-describedby"))?.split(" ") ?? [];
      const messageId = await (marks ? failingFields(page) : page).locator("[id]").getByText(message, { exact: true }).first().getAttribute("id");
      expect(described, cron).toContain(messageId);
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(field, cron).toBeFocused();
      await expect.poll(() => selectedText(field), cron).toBe(selects);
    }
    expect(await api.schedule.get.query()).toEqual(before);
    await page.getByRole("button", { name: "Discard" }).click();
  });

  test("notes what may surprise in a valid cron and lets it be saved", async ({ page, api }) => {
    for (const { cron, note } of NOTED) {
      await cronField(page).fill(cron);
      await expect(page.getByText(`Note: ${note}`)).toBeVisible();
      await expect(cronField(page)).not.toHaveAttribute("aria-invalid", "true");
      await save(page);
      expect((await api.schedule.get.query())?.cronExpression).toBe(cron);
    }
  });

  test("finds a zone by city, old spelling, abbreviation, offset or accent, by the keyboard alone", async ({ page, api }) => {
    for (const { search, id } of ZONE_SEARCHES) {
      await pickTimeZone(page, search, id);
      await page.keyboard.press("Control+s");
      await expect(saveBar(page)).toBeHidden();
      expect((await api.schedule.get.query())?.timeZone, search).toBe(id);
    }
  });

  test("finds the zones of an offset, of which the arrow keys pick one", async ({ page }) => {
    const field = page.getByRole("combobox", { name: "Time zone" });
    await field.focus();
    await page.keyboard.type("+5:30");
    const colombo = page.getByRole("option", { name: /Asia\/Colombo/ });
    await expect(colombo).toContainText("UTC+5:30");
    await expect(page.getByRole("option").filter({ hasNotText: "UTC+5:30" })).toHaveCount(0);
    await expect(async () => {
      await page.keyboard.press("ArrowDown");
      await expect(colombo).toHaveAttribute("data-combobox-selected", "true", { timeout: 200 });
    }).toPass();
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue(/Asia\/Colombo$/);
    await page.getByRole("button", { name: "Discard" }).click();
  });

  test("shows the next 10 runs that the engine computes", async ({ page, api }) => {
    await cronField(page).fill("30 1,13 * * *");
    await pickTimeZone(page, "new york", "America/New_York");
    const preview = await api.schedule.preview.query({ cronExpression: "30 1,13 * * *", timeZone: "America/New_York", count: 10 });
    if (!preview.ok) throw new Error(preview.message);
    const expected = preview.rows.map(({ at }) => at.toISOString());
    expect(expected).toHaveLength(10);
    await expect.poll(() => shownInstants(page)).toEqual(expected);
    await page.getByRole("button", { name: "Discard" }).click();
  });

  test("turns the schedule on and off at once, and back when the server does not answer", async ({ page, api }) => {
    const onOff = page.getByRole("switch", { name: "Schedule on" });
    const on = "On. Runs every day at 07:00, Berlin time.";
    const tries = [await msUntilShown(onOff, on)];
    // A machine that is busy with something else at that moment says nothing of the page: the best of three counts.
    for (let again = 0; again < 2; again++) {
      await expect.poll(async () => (await api.schedule.get.query())?.enabled).toBe(true);
      await onOff.click();
      await expect.poll(async () => (await api.schedule.get.query())?.enabled).toBe(false);
      tries.push(await msUntilShown(onOff, on));
    }
    expect(Math.min(...tries)).toBeLessThan(100);
    await expect(onOff).toBeChecked();
    await expect(page.getByText("On. Runs every day at 07:00, Berlin time.")).toBeVisible();
    await expect.poll(async () => (await api.schedule.get.query())?.enabled).toBe(true);
    await page.route("**/api/trpc/schedule.update**", (route) => route.abort("aborted"));
    await onOff.click();
    await expect(page.getByRole("alert").filter({ hasText: "The schedule is still on" })).toContainText("The server did not answer.");
    await expect(onOff).toBeChecked();
    await page.unroute("**/api/trpc/schedule.update**");
    await onOff.click();
    await expect.poll(async () => (await api.schedule.get.query())?.enabled).toBe(false);
    await expect(onOff).not.toBeChecked();
  });

  test("goes back to what is stored on Discard", async ({ page }) => {
    await expect(saveBar(page)).toBeHidden();
    await cronField(page).fill("15 3 * * *");
    await expect(saveBar(page)).toContainText("Unsaved: time 07:00 → 03:15.");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(cronField(page)).toHaveValue("0 7 * * *");
    await expect(saveBar(page)).toBeHidden();
  });
});

test.describe("two people who edit the schedule", () => {
  for (const { choice, stored } of [
    { choice: "Keep mine", stored: "20 4 * * *" },
    { choice: "Take theirs", stored: "10 3 * * *" },
  ]) {
    test(`see each other's change and lose nothing: ${choice}`, async ({ page, api, site, browser, baseURL, sessionFile, guard }) => {
      guard.expectAnswer(409, "/api/trpc/schedule.update");
      await storeUnhurried(api, site);
      await openSchedule(page);
      await cronField(page).fill("20 4 * * *");

      const other = await browser.newContext({ baseURL, storageState: sessionFile });
      await guard.watch(other);
      const theirs = await other.newPage();
      await openSchedule(theirs);
      await cronField(theirs).fill("10 3 * * *");
      await save(theirs);
      await other.close();

      await page.getByRole("button", { name: "Save changes" }).click();
      const conflict = page.getByRole("alert").filter({ hasText: "changed this" });
      await expect(conflict).toContainText("Your changes are not saved and are still here.");
      await expect(conflict.getByRole("row", { name: "cron expression" }).getByRole("cell")).toHaveText([/^20 4 \* \* \*/, /^10 3 \* \* \*/]);
      await expect(cronField(page)).toHaveValue("20 4 * * *");
      expect((await api.schedule.get.query())?.cronExpression).toBe("10 3 * * *");
      await conflict.getByRole("button", { name: choice }).click();
      await expect(conflict).toBeHidden();
      await expect(cronField(page)).toHaveValue(stored);
      await expect.poll(async () => (await api.schedule.get.query())?.cronExpression).toBe(stored);
    });
  }
});

test("a preset says what a month of it asks for, when it last worked, and which of its sources fail", async ({ page, api, site }, testInfo) => {
  const { preset, sources } = await makePreset(api, "Mixed", [
    feedSource("Good feed", site.serve("/good.xml", feed([{ id: "1", title: "One" }]))),
    feedSource("Missing feed", site.serve("/missing.xml", status(404))),
  ]);
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "0 7 * * 1-5" });
  await open(page, "/schedule");
  const what = page.getByRole("region", { name: "What runs" });
  await expect(what).toContainText("2 sources on 1 host. About 22 runs and 44 requests a month.");
  await expect(what.getByText("Last success:").locator("time")).toHaveCount(1);
  const failing = what.getByRole("alert").filter({ hasText: "1 source fails" });
  await expect(failing.getByRole("link", { name: "Missing feed" })).toHaveAttribute("href", `/sources/${sources[1]?.id}`);
  await what.getByRole("combobox", { name: "Preset" }).click();
  await expect(page.getByRole("option", { name: preset.name })).toContainText(/2 sources, last success \w{3} \d/);
  await page.screenshot({ path: testInfo.outputPath("preset.png") });
});

/** Every day at 07:00 in Berlin, off. */
async function storeUnhurried(api: Api, site: Site): Promise<void> {
  const { preset } = await makePreset(api, "Quiet", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
  await storeSchedule(api, { presetId: preset.id });
}

async function openSchedule(page: Page): Promise<void> {
  await open(page, "/schedule");
  await expect(cronField(page)).toHaveValue("0 7 * * *");
}

function failingFields(page: Page): Locator {
  return page.getByRole("list", { name: "The five fields" }).locator("[data-failing]");
}

/** Saves what is on the screen and waits until it is stored. */
async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(saveBar(page)).toBeHidden();
}

function selectedText(field: Locator): Promise<string> {
  return field.evaluate((input: HTMLInputElement) => input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0));
}

/** Clicks it, and measures in the page how long it takes until the main part says so. */
function msUntilShown(control: Locator, text: string): Promise<number> {
  return control.evaluate(async (element: HTMLElement, wanted) => {
    const startedAt = performance.now();
    element.click();
    while (!document.querySelector("main")?.textContent.includes(wanted)) await new Promise(requestAnimationFrame);
    return performance.now() - startedAt;
  }, text);
}

function shownInstants(page: Page): Promise<(string | null)[]> {
  const rows = page.getByRole("region", { name: "Next runs" }).locator("tbody time");
  return rows.evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
