import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { feedSource, makePreset, storeSchedule } from "./fixtures/api";
import { countedKeys } from "./fixtures/counted-keys";
import { open, reload } from "./fixtures/open";
import { cronField, saveBar } from "./fixtures/schedule-page";
import { empty } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";
import { pickTimeZone } from "./fixtures/time-zone-field";

/** Spellings that any rewriting would lose, those of each mode among them. */
const ODD_CRONS = [
  "0  9-21 * * MON-FRI",
  " 5,35 07 ? * *",
  "@Daily",
  "*/7 0-23/5 1,L JAN-mar ?",
  "0 9 13 * FRI",
  "15 6 * * 5#2,1L",
  "00 00 1-31 */2 0-7",
  "0/20 * * * *",
  "0 7 * * 5,4,3,2,1",
  "59 23 31 12 7",
  "0 7,7,13 * * *",
  "*/1 */1 */1 */1 */1",
] as const;

const MODES = ["Minutes or hours", "Daily", "Weekly", "Monthly", "Custom cron"] as const;

const WEEKLY = `
  - region "When":
    - heading "When" [level=2]
    - radiogroup "How often":
      - radio "Minutes or hours"
      - radio "Daily"
      - radio "Weekly" [checked]
      - radio "Monthly"
      - radio "Custom cron"
    - group "Weekdays":
      - checkbox "Monday" [checked]
      - checkbox "Tuesday" [checked]
      - checkbox "Wednesday" [checked]
      - checkbox "Thursday" [checked]
      - checkbox "Friday" [checked]
      - checkbox "Saturday" [checked=false]
      - checkbox "Sunday" [checked=false]
      - button "Mon to Fri"
    - group "Times":
      - textbox "Time 1"
      - button "Remove 07:00"
      - textbox "Time 2"
      - button "Remove 13:00"
      - button "Add time"
    - status: Runs every weekday at 07:00 and 13:00, Berlin time.
    - textbox "Cron expression": "0 7,13 * * 1-5"
    - list "The five fields":
      - listitem: Minute 0 minute 0
      - listitem: Hour 7,13 7, 13
      - listitem: Day of month * any day
      - listitem: Month * any month
      - listitem: Weekday 1-5 Mon to Fri
    - combobox "Time zone": Berlin — Europe/Berlin
`;

test.describe("the schedule's when", () => {
  test.beforeEach(async ({ api, site }) => {
    const { preset } = await makePreset(api, "When", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
    await storeSchedule(api, { presetId: preset.id });
  });

  test("proposes every day at 07:00 at first, from which every weekday is two clicks away", async ({ page, api }) => {
    const stored = await api.schedule.get.query();
    await api.schedule.remove.mutate({ version: stored?.version ?? 0 });
    await open(page, "/schedule?setup=1");
    await expect(mode(page, "Daily")).toBeChecked();
    await expect(page.getByRole("textbox", { name: "Time", exact: true })).toHaveValue("07:00");
    await pickMode(page, "Weekly");
    await expect(cronField(page), "looking at another mode rewrites nothing").toHaveValue("0 7 * * *");
    await expect(page.getByText("Pick the weekdays and a time. Until then the schedule stays as it is.")).toBeVisible();
    await page.getByRole("button", { name: "Mon to Fri" }).click();
    await expect(cronField(page)).toHaveValue("0 7 * * 1-5");
    await expect(words(page, "Runs every weekday at 07:00, Berlin time.")).toBeVisible();
    await save(page);
    expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "0 7 * * 1-5", timeZone: "Europe/Berlin", enabled: false });
  });

  test("binds choices and text both ways", async ({ page }) => {
    await openWith(page, "0 7 * * *");
    for (const { cron, shows, checked } of [
      { cron: "0 8 * * 1,4", shows: "Weekly", checked: ["Monday", "Thursday"] },
      { cron: "@weekly", shows: "Weekly", checked: ["Sunday"] },
      { cron: "30 6 L * *", shows: "Monthly", checked: [] },
      { cron: "*/15 * * * *", shows: "Minutes or hours", checked: [] },
      { cron: "0 9-21 * * *", shows: "Custom cron", checked: [] },
    ]) {
      await cronField(page).fill(cron);
      await expect(mode(page, shows), cron).toBeChecked();
      for (const day of checked) await expect(page.getByRole("checkbox", { name: day }), cron).toBeChecked();
    }
    await expect(page.getByText("This schedule is more specific than the builder can show. Edit it as cron.")).toBeVisible();

    await pickMode(page, "Monthly");
    await pick(page, "Day of the month", "Last day");
    await page.getByRole("textbox", { name: "Time", exact: true }).fill("18:15");
    await expect(cronField(page)).toHaveValue("15 18 L * *");
    await pickMode(page, "Minutes or hours");
    await pick(page, "Every", "2 hours");
    await expect(cronField(page)).toHaveValue("15 */2 * * *");
    await pickMode(page, "Daily");
    await page.getByRole("textbox", { name: "Time", exact: true }).fill("7:00");
    await expect(cronField(page)).toHaveValue("0 7 * * *");
    await pickMode(page, "Weekly");
    await page.getByRole("checkbox", { name: "Monday" }).check();
    await pickMode(page, "Daily");
    await expect(cronField(page)).toHaveValue("0 7 * * 1");
    await page.getByRole("button", { name: "Run every day at 07:00" }).click();
    await expect(cronField(page)).toHaveValue("0 7 * * *");
  });

  test("takes several times of a day at one minute, and says why no other", async ({ page }) => {
    await openWith(page, "0 7 * * *");
    await addTime(page, "13");
    await expect(cronField(page)).toHaveValue("0 7,13 * * *");
    await expect(page.getByRole("button", { name: "Add time" })).toBeFocused();
    await addTime(page, "18:30");
    const added = page.getByRole("textbox", { name: "New time" });
    await expect(added).toHaveAccessibleDescription(
      "18:30 does not fit: cron has one minute for all times of a day, and the others are at :00. Use 18:00, or edit it as cron.",
    );
    await expect(cronField(page)).toHaveValue("0 7,13 * * *");
    await page.getByRole("button", { name: "Move all to :30" }).click();
    await expect(cronField(page)).toHaveValue("30 7,13,18 * * *");
    await page.getByRole("button", { name: "Remove 13:30" }).click();
    await expect(cronField(page)).toHaveValue("30 7,18 * * *");
    await addTime(page, "9:15");
    await page.getByRole("button", { name: "Edit as cron" }).click();
    await expect(mode(page, "Custom cron")).toBeChecked();
    await expect(cronField(page)).toBeFocused();
    await expect(cronField(page)).toHaveValue("30 7,18 * * *");
  });

  test("spells a typed macro out when the field is left, with a way back", async ({ page, api }) => {
    await openWith(page, "0 7 * * *");
    await cronField(page).fill("@daily");
    await expect(page.getByText("@daily stands for 0 0 * * *.")).toBeVisible();
    await cronField(page).blur();
    await expect(cronField(page)).toHaveValue("0 0 * * *");
    await page.getByRole("button", { name: "Keep @daily" }).click();
    await expect(cronField(page)).toHaveValue("@daily");
    await save(page);
    expect((await api.schedule.get.query())?.cronExpression).toBe("@daily");
  });

  test("never rewrites a stored text: not on opening, not on looking around, not on saving something else", async ({ page, api }) => {
    for (const [index, cron] of ODD_CRONS.entries()) {
      await storeSchedule(api, { cronExpression: cron });
      await openWith(page, cron);
      await pickMode(page, MODES[index % MODES.length] ?? "Daily");
      await cronField(page).focus();
      await page.getByLabel("Run limit in minutes").fill(String(index + 5));
      await save(page);
      await expect(cronField(page)).toHaveValue(cron);
      expect(await api.schedule.get.query(), cron).toMatchObject({ cronExpression: cron, runLimitMs: (index + 5) * 60_000 });
    }
  });

  test("keeps the text when only the zone changes, and says what that does", async ({ page, api }) => {
    await openWith(page, "0 7 * * *");
    await cronField(page).fill("0 9-21 * * *");
    await save(page);
    await reload(page);
    // A quarter of an hour off every other zone here, so that the next run moves at any time of day.
    await pickTimeZone(page, "kathmandu", "Asia/Kathmandu");
    await expect(page.getByText("The times stay as they are, in the new zone. The next run moves from")).toBeVisible();
    await pickTimeZone(page, "lisbon", "Europe/Lisbon");
    await save(page);
    expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "0 9-21 * * *", timeZone: "Europe/Lisbon" });

    await cronField(page).fill("0 1 * * 1");
    await save(page);
    await pickTimeZone(page, "honolulu", "Pacific/Honolulu");
    await expect(page.getByText("01:00 stays 01:00, in the new zone. The next run moves from")).toBeVisible();
    await page.getByRole("button", { name: "Keep the same moment instead" }).click();
    const moved = await cronField(page).inputValue();
    expect(moved).toMatch(/^0 1[45] \* \* 0$/);
    await expect(page.getByText(`The moment stays: 0 1 * * 1 is now written as ${moved}`)).toBeVisible();
    await page.getByRole("button", { name: "Keep the time instead" }).click();
    await expect(cronField(page)).toHaveValue("0 1 * * 1");
    await page.getByRole("button", { name: "Discard" }).click();
  });

  test("is set to Mondays and Thursdays at 07:00 in Berlin by the keyboard alone, in less than 40 presses", async ({ page, api }) => {
    await storeSchedule(api, { timeZone: "UTC" });
    await openWith(page, "0 7 * * *");
    const keys = countedKeys(page);
    await keys.press("Tab");
    await keys.press("Enter");
    await keys.tabTo(mode(page, "Daily"));
    await keys.press("ArrowRight");
    await keys.tabTo(page.getByRole("checkbox", { name: "Monday" }));
    await keys.press("Space");
    await keys.tabTo(page.getByRole("checkbox", { name: "Thursday" }));
    await keys.press("Space");
    await keys.tabTo(page.getByRole("combobox", { name: "Time zone" }));
    for (const letter of "berlin") await keys.press(letter);
    await expect(page.getByRole("option").first()).toContainText("Europe/Berlin");
    await keys.press("Enter");
    await keys.press("Control+s");
    await expect(saveBar(page)).toBeHidden();
    expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "0 7 * * 1,4", timeZone: "Europe/Berlin" });
    expect(keys.count()).toBeLessThan(40);
  });

  test("is whole and accessible at any width, in light and dark", async ({ page, api }, testInfo) => {
    await storeSchedule(api, { cronExpression: "0 7,13 * * 1-5" });
    await openWith(page, "0 7,13 * * 1-5");
    await expect(page.getByRole("region", { name: "When" })).toMatchAriaSnapshot(WEEKLY);
    // Nothing is changed by a time that does not fit.
    await addTime(page, "18:30");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 1024, 390]) {
        // So high that nothing lies under what sticks to an edge of the window.
        await page.setViewportSize({ width, height: 2600 });
        const what = `${colorScheme}, ${width} px`;
        expect(await cutOff(page), what).toEqual([]);
        if (width !== 1024) await expectAccessible(page, what);
        await page.screenshot({ path: testInfo.outputPath(`when-${colorScheme}-${width}.png`), fullPage: true });
      }
    }
    await expect(mode(page, "Daily")).toBeHidden();
    for (const label of MODES) {
      await pick(page, "How often", label);
      await expect(page.getByRole("combobox", { name: "How often" })).toHaveValue(label);
      expect(await cutOff(page), label).toEqual([]);
      await page.screenshot({ path: testInfo.outputPath(`mode-${label.replaceAll(" ", "-")}.png`), fullPage: true });
    }
    await cronField(page).fill("0 0 32 * *");
    await expect(page.getByText("Day of month must be 1 to 31. You have 32.")).toBeVisible();
    await page.screenshot({ path: testInfo.outputPath("mistyped-390.png"), fullPage: true });
    await page.setViewportSize({ width: 1280, height: 1600 });
    await cronField(page).fill("0 9 13 * 5");
    await pickTimeZone(page, "new york", "America/New_York");
    await expect(page.getByRole("button", { name: "Keep the same moment instead" })).toBeVisible();
    await page.screenshot({ path: testInfo.outputPath("zone.png"), fullPage: true });
  });
});

/** Opens the page with this expression, which is stored. */
async function openWith(page: Page, cron: string): Promise<void> {
  await open(page, "/schedule");
  await expect(cronField(page)).toHaveValue(cron);
}

function mode(page: Page, label: string): Locator {
  return page.getByRole("radiogroup", { name: "How often" }).getByRole("radio", { name: label });
}

/** The radio itself is covered by its label. */
async function pickMode(page: Page, label: string): Promise<void> {
  await page.getByRole("radiogroup", { name: "How often" }).getByText(label, { exact: true }).click();
  await expect(mode(page, label)).toBeChecked();
}

function words(page: Page, sentence: string): Locator {
  return page.getByRole("status").filter({ hasText: sentence });
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(saveBar(page)).toBeHidden();
}

async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

async function addTime(page: Page, time: string): Promise<void> {
  await page.getByRole("button", { name: "Add time" }).click();
  await page.keyboard.type(time);
  await page.keyboard.press("Enter");
}

/** What is narrower than its content in the form's "When". */
function cutOff(page: Page): Promise<string[]> {
  return page
    .getByRole("region", { name: "When" })
    .evaluate((region) =>
      [region, ...region.querySelectorAll<HTMLElement>("[role=radiogroup], [role=radiogroup] label, fieldset, input[type=text]")]
        .filter((element) => element.scrollWidth > element.clientWidth)
        .map((element) => element.outerHTML.slice(0, 200)),
    );
}
