import type { Browser, Locator, Page, TestInfo } from "@playwright/test";
import { formatInZone } from "@/domain/format-time";
import { instantOfLocal, parseLocalTime } from "@/domain/local-instant";
import { GOLDEN_PREVIEWS, type GoldenPreview } from "@/testing/golden-previews";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, feedSource, makePreset, storeSchedule } from "./fixtures/api";
import type { ConsoleGuard } from "./fixtures/console-guard";
import { open, reload } from "./fixtures/open";
import { cronField } from "./fixtures/schedule-page";
import type { Site } from "./fixtures/site";
import { empty } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";
import { pickTimeZone } from "./fixtures/time-zone-field";

const NEW_YORK = "America/New_York";

/** Where readers sit: one who shares a zone with some schedules, one half an hour off, one with clock changes of their own. */
const READERS = ["Europe/London", "Asia/Kolkata", NEW_YORK] as const;

test("the preview around clock changes shows what is known to be right, and what schedule.preview answers, to readers in three zones", async ({
  api,
  site,
  browser,
  baseURL,
  sessionFile,
  guard,
}) => {
  const stored = await scheduleIn(api, site, { timeZone: "UTC" });
  // At the same time, as each of them mostly waits for the end of its typing.
  await Promise.all(
    READERS.map(async (timezoneId) => {
      const page = await openAs(browser, guard, { baseURL, storageState: sessionFile, timezoneId });
      await goThroughGoldens(page, api, timezoneId);
      await cronField(page).fill("0 0 30 2 *");
      await expect(cronField(page)).toHaveAccessibleDescription(/This never runs: February has no day 30\./);
      await page.getByRole("button", { name: "Save changes" }).click();
      await expect(cronField(page)).toHaveAttribute("aria-invalid", "true");
      await page.context().close();
    }),
  );
  expect(await api.schedule.get.query()).toEqual(stored);
});

/** The year is not written while it is this one. */
const NEXT_RUNS = `
- region "Next runs":
  - heading "Next runs" [level=2]
  - checkbox "Show UTC"
  - paragraph: "If you turn it on, the next runs would be:"
  - textbox "Preview from date": 2027-03-13
  - button "Back to now"
  - table /^Times in New York, and for you in London\\. From Sat 13 Mar( 2027)?\\.$/:
    - caption
    - rowgroup:
      - row "When New York Your time":
        - columnheader "When"
        - columnheader "New York"
        - columnheader "Your time"
    - rowgroup:
      - row /Sat 13 Mar( 2027)?, 02:30 EST 07:30$/
      - row /Sun 14 Mar( 2027)?, 03:00 EDT 07:00$/:
        - cell /^in .+|ago$/
        - cell /^Sun 14 Mar( 2027)?, 03:00 EDT$/:
          - time
        - cell "07:00"
      - 'row "Clocks go forward: 02:30 does not exist, runs at 03:00."'
      - row /Mon 15 Mar( 2027)?, 02:30 EDT 06:30$/
  - button "Show 25"
`;

const CLOCK_CHANGES = `
- region "Clock changes":
  - heading "Clock changes" [level=2]
  - paragraph: /^What they do to this schedule within 400 days of Sat 13 Mar( 2027)?\\.$/
  - list:
    - listitem: "14 March 2027, clocks go forward 1 h: the 02:30 run starts at 03:00."
    - listitem: "12 March 2028, clocks go forward 1 h: the 02:30 run starts at 03:00."
  - button "Move to 03:30"
  - button "Use UTC"
`;

test("the ways out of a clock change alter the form and save nothing", async ({ page, api, site }) => {
  const stored = await scheduleIn(api, site);
  await open(page, "/schedule");
  const card = clockChanges(page);
  await dayField(page).fill("2027-03-01");
  await expect(card).toContainText("14 March 2027, clocks go forward 1 h: the 02:30 run starts at 03:00.");
  await card.getByRole("button", { name: "Move to 03:30" }).click();
  await expect(cronField(page)).toHaveValue("30 3 * * *");
  await expect(card).toBeHidden();
  await expect(page.getByRole("heading", { name: "Next runs" })).toBeFocused();

  await cronField(page).fill("*/30 * * * *");
  await expect(card).toContainText("14 March 2027, clocks go forward 1 h: 46 runs instead of 48.");
  await expect(card.getByRole("button", { name: /^Move to/ })).toHaveCount(0);
  await card.getByRole("button", { name: "Use UTC" }).click();
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue("UTC");
  await expect(card).toBeHidden();
  expect(await api.schedule.get.query()).toEqual(stored);
});

test("a person looks at another day, at more runs and at UTC, which is remembered", async ({ page, api, site }) => {
  await scheduleIn(api, site);
  await open(page, "/schedule");
  await dayField(page).fill("2027-11-06");
  await expect(region(page)).toContainText(/From Sat 6 Nov( 2027)?\./);
  await expect.poll(() => shownInstants(page)).toContain("2027-11-06T06:30:00.000Z");
  await dayField(page).press("Enter");
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toBeHidden();
  await dayField(page).fill("1999-12-31");
  await expect(dayField(page)).toHaveAccessibleDescription(/Pick a date from 2000 on\./);
  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(dayField(page)).toHaveValue("");
  await expect(dayField(page)).toBeFocused();
  await expect(region(page)).not.toContainText("From ");

  await expect(rows(page)).toHaveCount(10);
  await page.getByRole("button", { name: "Show 25" }).click();
  await expect(rows(page)).toHaveCount(25);
  await expect(page.getByRole("button", { name: "Show 10" })).toBeFocused();
  const utc = region(page).getByRole("columnheader", { name: "UTC" });
  await expect(utc).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Show UTC" }).check();
  await expect(utc).toBeVisible();
  await reload(page);
  await expect(utc).toBeVisible();
  await page.getByRole("checkbox", { name: "Show UTC" }).uncheck();
});

test("a preview that fails leaves the schedule alone, can be asked for again, and does not stand in the way of a save", async ({ page, api, site }) => {
  await scheduleIn(api, site);
  await open(page, "/schedule");
  await page.route("**/api/trpc/*schedule.preview*", (route) => route.abort("aborted"));
  await cronField(page).fill("15 4 * * *");
  const failure = region(page).getByRole("alert");
  await expect(failure).toContainText("Preview is unavailable");
  await expect(failure).toContainText("Your schedule is unchanged and still runs.");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect.poll(async () => (await api.schedule.get.query())?.cronExpression).toBe("15 4 * * *");
  await page.unroute("**/api/trpc/*schedule.preview*");
  await failure.getByRole("button", { name: "Try again" }).click();
  await expect(rows(page)).toHaveCount(10);
});

test("the preview reads well to everybody, in light and dark, wide and narrow", async ({ page, api, site }, testInfo) => {
  await scheduleIn(api, site);
  await open(page, "/schedule");
  await dayField(page).fill("2027-03-13");
  await expect(region(page)).toMatchAriaSnapshot(NEXT_RUNS);
  await expect(clockChanges(page)).toMatchAriaSnapshot(CLOCK_CHANGES);
  await look(page, testInfo, "moved", [
    ["light", 1280],
    ["light", 390],
    ["dark", 1280],
    ["dark", 390],
  ]);
  await cronField(page).fill("0,30 0-3 * * *");
  await dayField(page).fill("2027-11-07");
  await page.getByRole("checkbox", { name: "Show UTC" }).check();
  await expect(region(page).getByRole("rowheader", { name: /^Sun 7 Nov/ })).toBeVisible();
  await look(page, testInfo, "divided", [
    ["light", 390],
    ["dark", 1280],
  ]);
  await page.getByRole("checkbox", { name: "Show UTC" }).uncheck();
});

/** Every day at 02:30 in New York, unless told otherwise, off. */
async function scheduleIn(api: Api, site: Site, settings: Parameters<typeof storeSchedule>[1] = {}) {
  const { preset } = await makePreset(api, "Quiet", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
  return storeSchedule(api, { presetId: preset.id, cronExpression: "30 2 * * *", timeZone: NEW_YORK, spreadMs: 0, ...settings });
}

async function openAs(browser: Browser, guard: ConsoleGuard, options: Parameters<Browser["newContext"]>[0]): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  await guard.watch(context);
  const page = await context.newPage();
  await open(page, "/schedule");
  return page;
}

async function goThroughGoldens(page: Page, api: Api, readerZone: string): Promise<void> {
  let timeZone = "UTC";
  for (const golden of GOLDEN_PREVIEWS) {
    await cronField(page).fill(golden.cronExpression);
    if (golden.timeZone !== timeZone) await pickTimeZone(page, golden.timeZone, golden.timeZone);
    timeZone = golden.timeZone;
    await dayField(page).fill(golden.day);
    await test.step(`${readerZone}: ${golden.what}`, () => expectGolden(page, api, golden, readerZone));
  }
}

/** Holds the page against the known rows, and all that it shows against the procedure's answer. */
async function expectGolden(page: Page, api: Api, golden: GoldenPreview, readerZone: string): Promise<void> {
  const { cronExpression, timeZone, day } = golden;
  const from = instantOfLocal(parseLocalTime(`${day}T00:00`) ?? Number.NaN, timeZone).at;
  const answer = await api.schedule.preview.query({ cronExpression, timeZone, from, count: 10 });
  if (!answer.ok) throw new Error(answer.message);
  const instants = answer.rows.map(({ at }) => at.toISOString());
  expect(instants.slice(0, golden.rows.length)).toEqual(golden.rows.map(({ at }) => at));
  await expect.poll(() => shownInstants(page)).toEqual(instants);
  for (const [index, { clock, note }] of golden.rows.entries()) {
    const row = rows(page).nth(index);
    await expect(row.locator("time")).toContainText(clock);
    if (note) await expect(row.locator("+ tr")).toHaveText(note);
  }
  await expectReaderTimes(page, answer.rows, timeZone, readerZone);
  for (const change of golden.changes ?? []) await expect(clockChanges(page)).toContainText(change);
  if (golden.changes?.length === 0) await expect(clockChanges(page)).toBeHidden();
  if (golden.expressionNote) await expect(page.getByText(golden.expressionNote)).toBeVisible();
}

/** The reader's own times stand in a column where they differ in any row, and nowhere else. */
async function expectReaderTimes(page: Page, shown: readonly { at: Date }[], timeZone: string, readerZone: string): Promise<void> {
  const clock = (at: Date, zone: string) => formatInZone(at, zone).slice(-5);
  const differs = shown.some(({ at }) => clock(at, timeZone) !== clock(at, readerZone));
  await expect(region(page).getByRole("columnheader", { name: "Your time" })).toHaveCount(differs ? 1 : 0);
  if (!differs) return;
  const cells = await rows(page).locator("td:nth-child(3)").allTextContents();
  expect(cells.map((cell) => cell.slice(-5))).toEqual(shown.map(({ at }) => clock(at, readerZone)));
}

/** Axe, and a picture of the page, in these colours and widths. */
async function look(page: Page, testInfo: TestInfo, name: string, looks: readonly (readonly ["light" | "dark", number])[]): Promise<void> {
  for (const [colorScheme, width] of looks) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    // A phone's navigation lies over what it happens to end at, but not over the end of the page.
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expectAccessible(page, `${name}, ${colorScheme}, ${width} px`);
    await page.screenshot({ path: testInfo.outputPath(`${name}-${colorScheme}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

function dayField(page: Page): Locator {
  return page.getByLabel("Preview from date");
}

function region(page: Page): Locator {
  return page.getByRole("region", { name: "Next runs" });
}

function clockChanges(page: Page): Locator {
  return page.getByRole("region", { name: "Clock changes" });
}

/** A row for each run, without those of their notes. */
function rows(page: Page): Locator {
  return region(page).locator("tbody tr:has(time)");
}

function shownInstants(page: Page): Promise<(string | null)[]> {
  return rows(page)
    .locator("time")
    .evaluateAll((times) => times.map((time) => time.getAttribute("datetime")));
}
