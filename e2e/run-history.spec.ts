import type { Page, TestInfo } from "@playwright/test";
import { DAY_MS, HOUR_MS } from "@/domain/calendar-days";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, feedSource, makePreset, storeSchedule } from "./fixtures/api";
import { type LedgerRow, writeLedger } from "./fixtures/ledger";
import { open, reload } from "./fixtures/open";
import { expect, test } from "./fixtures/test";

test.describe("the history on the Schedule page", () => {
  test("shows days and slots, by pointer and by keyboard, as pictures and as tables, in every look", async ({ page, api }, testInfo) => {
    const now = new Date();
    await seed(api, now);
    const requests: string[] = [];
    page.on("request", (request) => request.url().includes("/api/trpc/") && requests.push(request.url()));
    await open(page, "/schedule");
    expect(requests, "asked for on load").toEqual([]);
    await showHistory(page);
    await test.step("the strip by keyboard", () => goThroughSlots(page));
    await reload(page);
    await showHistory(page);
    await test.step("the heatmap by keyboard", () => goThroughDays(page));
    await test.step("as tables", () => readTables(page));
    await test.step("every look", () => lookAtIt(page, testInfo));
    await writeLedger((await api.member.me.query()).organization.id, []);
  });

  test("says that nothing has run yet, and keeps itself up to date", async ({ page, api }) => {
    const { organization } = await api.member.me.query();
    await seed(api, new Date());
    await writeLedger(organization.id, []);
    await page.clock.install();
    await open(page, "/schedule");
    await showHistory(page);
    const history = page.getByRole("region", { name: "History" });
    await expect(history).toContainText("Nothing has run yet. What runs, is skipped or is missed shows here.");
    await writeLedger(organization.id, [{ status: "succeeded", slotAt: new Date(Date.now() - HOUR_MS), newCount: 5 }]);
    await page.clock.fastForward(31_000);
    await expect(history.getByRole("link", { name: /: Succeeded, 5 new items, 8 s$/ })).toBeVisible();
    await expect(history).toContainText("The last slot, in UTC.");
    await writeLedger(organization.id, []);
  });
});

/** It is there once somebody scrolls towards it. */
async function showHistory(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "History" }).scrollIntoViewIfNeeded();
}

/** A run each day at 06:00, with a failure each week, two days without a server and the hourly slots of today. */
async function seed(api: Api, now: Date): Promise<void> {
  const { preset } = await makePreset(api, "History", [feedSource("A feed", "https://example.org/feed.xml")]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "0 6 * * *", timeZone: "UTC" });
  const today = Math.floor(now.getTime() / DAY_MS);
  const at = (daysAgo: number) => new Date((today - daysAgo) * DAY_MS + 6 * HOUR_MS);
  const rows: LedgerRow[] = [];
  for (let daysAgo = 150; daysAgo > 0; daysAgo--) {
    if (daysAgo === 21 || daysAgo === 20) continue;
    const failed = daysAgo % 7 === 3;
    rows.push({
      status: failed ? "failed" : "succeeded",
      slotAt: at(daysAgo),
      newCount: failed ? 0 : (daysAgo * 7) % 40,
      ...(failed && { message: "No answer." }),
    });
  }
  rows.splice(-19, 0, { status: "missed", slotAt: at(20), spanStartAt: at(21), missedCount: 2 });
  rows.push({ status: "skipped", slotAt: new Date(at(1).getTime() + HOUR_MS), message: "Ada Lovelace left it out." });
  await writeLedger((await api.member.me.query()).organization.id, rows);
}

async function goThroughSlots(page: Page): Promise<void> {
  const strip = page.getByRole("figure", { name: "The last 60 slots, the oldest first, in UTC" });
  await expect(strip.getByRole("link")).toHaveCount(60);
  const detail = page.getByRole("region", { name: "Slots" });
  await strip.getByRole("link").last().focus();
  await expect(detail).toContainText("Ada Lovelace left it out.");
  await page.keyboard.press("ArrowLeft");
  await expect(strip.getByRole("link").nth(58)).toBeFocused();
  await expect(detail).toContainText("8 s");
  await strip.getByRole("link").nth(5).hover();
  await expect(strip.getByRole("link").nth(5), "pointed at").toHaveAttribute("tabindex", "0");
  await page.keyboard.press("Home");
  await expect(strip.getByRole("link").first()).toBeFocused();
  await expect(strip.getByRole("link", { name: /: Missed, No scheduler was there to start it\.$/ })).toHaveCount(2);
  const number = await detail.getByRole("link", { name: /^Open run \d/ }).textContent();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText((number ?? "").replace("Open run", "Run"));
  await page.goBack();
}

async function goThroughDays(page: Page): Promise<void> {
  const days = page.getByRole("grid", { name: "Days" });
  await expect(days.getByRole("link", { name: /: 1 slot missed$/ })).toHaveCount(2);
  const stops = days.locator("a[tabindex='0']");
  await expect(stops, "one tab stop").toHaveCount(1);
  await stops.focus();
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowUp"]) await page.keyboard.press(key);
  const focused = days.locator("a:focus");
  const date = new Date((Math.floor(Date.now() / DAY_MS) - 15) * DAY_MS).toISOString().slice(0, 10);
  await expect(focused).toHaveAttribute("href", `/runs?from=${date}&to=${date}`);
  await expect(focused).toHaveAccessibleName(/: 1 run, \d+ new items$/);
  await page.getByText("Failed", { exact: true }).click();
  await expect(days.locator("a[data-shade='4']")).toHaveCount(22);
}

async function readTables(page: Page): Promise<void> {
  const slots = page.getByRole("region", { name: "Slots", exact: true });
  await slots.getByRole("button", { name: "View as table" }).click();
  await expect(slots.getByRole("table").getByRole("row")).toHaveCount(61);
  await slots.getByRole("button", { name: "View as chart" }).click();
  const days = page.getByRole("region", { name: "Days", exact: true });
  await days.getByRole("button", { name: "View as table" }).click();
  await expect(days.getByRole("table").getByRole("row")).toHaveCount(151);
  await expect(days.getByRole("link").first()).toHaveAttribute("href", /^\/runs\?from=.+&to=/);
  await days.getByRole("button", { name: "View as chart" }).click();
}

async function lookAtIt(page: Page, testInfo: TestInfo): Promise<void> {
  const history = page.getByRole("region", { name: "History" });
  for (const [colorScheme, forcedColors, width] of [
    ["light", "none", 1280],
    ["dark", "none", 390],
    ["dark", "active", 1280],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, forcedColors });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    await history.screenshot({ path: testInfo.outputPath(`history-${colorScheme}-${forcedColors}-${width}.png`) });
    if (forcedColors === "none") await expectAccessible(page, `the history, ${colorScheme}, ${width} px`);
  }
}
