import { open } from "./fixtures/open";
import { expect, test } from "./fixtures/test";
import { pickTimeZone } from "./fixtures/time-zone-field";

const SAMPLES = ["Sample news", "Sample stock", "Sample market"];
const MINUTE_MS = 60_000;
/** A slot comes within a minute; its run gets another one. */
const TWO_MINUTES_MS = 2 * MINUTE_MS;

test("a schedule on the page becomes a run fired by the scheduler and items on the Items page within two minutes", async ({ page, api }) => {
  test.setTimeout(2 * TWO_MINUTES_MS);
  const stored = await api.schedule.get.query();
  if (stored) await api.schedule.remove.mutate({ version: stored.version });
  const before = await api.run.list.query({ trigger: "schedule", limit: 1 });

  await open(page, "/schedule");
  await page.getByRole("button", { name: "Set up schedule" }).click();
  await page.getByRole("combobox", { name: "Preset" }).click();
  await page.getByRole("option", { name: /^Samples/ }).click();
  await page.getByLabel("Cron expression").fill("* * * * *");
  await pickTimeZone(page, "kathmandu", "Asia/Kathmandu");
  await expect(page.getByRole("status").filter({ hasText: "Runs every minute, Kathmandu time." })).toBeVisible();
  await page.getByRole("button", { name: "Save and turn on" }).click();
  await expect(page.getByText("Saved. Next run:")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Schedule on" })).toBeChecked();
  const since = await api.schedule.get.query();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runs");
  const first = (before.runs[0]?.number ?? 0) + 1;
  const firedRow = page
    .getByRole("row")
    .filter({ has: page.getByRole("cell", { name: /^Schedule\b/ }) })
    .filter({ hasText: "Succeeded" })
    .first();
  await expect(firedRow).toBeVisible({ timeout: TWO_MINUTES_MS });
  await firedRow.getByRole("link", { name: /^Run \d+$/ }).click();
  await expect(page.getByText("Scheduled for")).toBeVisible();
  await page.getByRole("button", { name: /^version \d+$/ }).click();
  await expect(
    page
      .getByRole("dialog", { name: "Change history" })
      .getByText(/^Version \d+/)
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  for (const name of SAMPLES) await expect(page.getByRole("row").filter({ hasText: name }).filter({ hasText: "Done" })).toBeVisible();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Items" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Items");
  for (const name of SAMPLES) {
    await page.getByRole("combobox", { name: "Source" }).click();
    await page.getByRole("option", { name, exact: true }).click();
    await expect(page.getByRole("cell", { name, exact: true }).first()).toBeVisible();
  }

  await api.schedule.update.mutate({ enabled: false });
  const ledger = await api.run.list.query({ trigger: "schedule", limit: 200 });
  const slots = ledger.runs.filter(({ number }) => number >= first).map(({ slotAt }) => slotAt?.getTime() ?? 0);
  expect(slots.toReversed(), "one row for each slot").toEqual(minutesBetween(since?.updatedAt.getTime() ?? 0, slots[0] ?? 0));
});

/** Every full minute after `from` and up to `until`. */
function minutesBetween(from: number, until: number): number[] {
  const minutes: number[] = [];
  for (let at = (Math.floor(from / MINUTE_MS) + 1) * MINUTE_MS; at <= until; at += MINUTE_MS) minutes.push(at);
  return minutes;
}
