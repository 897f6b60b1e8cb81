import { type Api, feedSource, makePreset, storeSchedule } from "./fixtures/api";
import { open } from "./fixtures/open";
import type { Site } from "./fixtures/site";
import { empty } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

/** A schedule that was at 07:00 and is at 08:15 now. */
async function changeSchedule(api: Api, site: Site) {
  const { preset } = await makePreset(api, "Quiet", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "0 7 * * *", timeZone: "Europe/Berlin", enabled: true });
  const schedule = await storeSchedule(api, { presetId: preset.id, cronExpression: "15 8 * * *", timeZone: "Europe/Berlin", enabled: true });
  return { preset, version: schedule.version };
}

test("an older version is restored after a question that says what changes and that edits are lost", async ({ page, api, site }, testInfo) => {
  const { version } = await changeSchedule(api, site);
  await open(page, "/schedule");
  await page.getByRole("textbox", { name: "Cron expression" }).fill("0 23 * * *");
  await page.getByRole("button", { name: "More about the schedule" }).click();
  await page.getByRole("menuitem", { name: "Change history" }).click();
  const history = page.getByRole("dialog", { name: "Change history" });
  const newest = history.getByRole("region", { name: `Version ${version}`, exact: true });
  await expect(newest).toContainText("Ada Example");
  await expect(newest.getByRole("listitem")).toHaveText(/Cron expression: 0 7 \* \* \*.*15 8 \* \* \*/);
  await expect(newest).toContainText("This is how it is now.");
  await page.screenshot({ path: testInfo.outputPath("history.png") });

  await history.getByRole("button", { name: `Restore version ${version - 1}`, exact: true }).click();
  const question = page.getByRole("dialog", { name: `Restore version ${version - 1}?` });
  await expect(question.getByRole("listitem")).toHaveText(/Cron expression: 15 8 \* \* \*.*0 7 \* \* \*/);
  await expect(question).toContainText("Your unsaved changes are lost.");
  await page.screenshot({ path: testInfo.outputPath("restore.png") });
  await question.getByRole("button", { name: "Restore version" }).click();
  await expect(history).toBeHidden();
  await expect(page.getByText(`Version ${version - 1} is restored`)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Cron expression" })).toHaveValue("0 7 * * *");
  await expect(page.getByRole("region", { name: "Unsaved changes" })).toHaveCount(0);
  expect(await api.schedule.get.query()).toMatchObject({ version: version + 1, cronExpression: "0 7 * * *", enabled: true });
});

test("a version whose preset is deleted cannot be restored, and says why", async ({ page, api, site, guard }) => {
  guard.expectAnswer(400, "/api/trpc/schedule.restore");
  const { preset, version } = await changeSchedule(api, site);
  const other = await makePreset(api, "Other", []);
  await storeSchedule(api, { presetId: other.preset.id, cronExpression: "15 8 * * *" });
  await api.preset.remove.mutate({ id: preset.id });
  await open(page, "/schedule");
  await page.getByRole("button", { name: "More about the schedule" }).click();
  await page.getByRole("menuitem", { name: "Change history" }).click();
  await page.getByRole("button", { name: `Restore version ${version}`, exact: true }).click();
  const question = page.getByRole("dialog", { name: `Restore version ${version}?` });
  await question.getByRole("button", { name: "Restore version" }).click();
  await expect(question.getByRole("alert")).toContainText(`The preset “${preset.name}” of that version is deleted, so nothing was restored.`);
  expect(await api.schedule.get.query()).toMatchObject({ version: version + 1, presetId: other.preset.id });
});
