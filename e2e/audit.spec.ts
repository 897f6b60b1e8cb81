import { feedSource, makePreset, startRun, storeSchedule, uniqueName, waitForEnd } from "./fixtures/api";
import { open, reload } from "./fixtures/open";
import { empty } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

test("the audit says who changed what, from where, with old and new values, and can be narrowed by its address", async ({ page, api, site }) => {
  const { preset } = await makePreset(api, "Quiet", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "0 7 * * *" });
  await storeSchedule(api, { presetId: preset.id, cronExpression: "15 8 * * *" });
  const name = uniqueName("Renamed");
  await api.preset.update.mutate({ id: preset.id, name, sourceIds: [] });

  await open(page, "/settings/audit");
  const change = page.getByRole("row").filter({ hasText: "Changed the schedule" }).first();
  await expect(change).toContainText("Ada Example");
  await expect(change).toContainText(/::1|127\.0\.0\.1/);
  await change.getByRole("button", { name: "Show details of: Changed the schedule" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Cron expression" })).toHaveText(/0 7 \* \* \*.*15 8 \* \* \*/);

  await page.getByRole("combobox", { name: "About" }).click();
  await page.getByRole("option", { name: "Presets" }).click();
  await expect(page).toHaveURL("/settings/audit?about=preset");
  await expect(page.getByRole("row").filter({ hasText: "Changed the schedule" })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search in what was done" }).fill(name);
  await expect(page).toHaveURL(/q=Renamed/);
  await expect(page.getByRole("row").filter({ hasText: `Changed the preset “${name}”` })).toHaveCount(1);
  await reload(page);
  await expect(page.getByRole("row").filter({ hasText: `Changed the preset “${name}”` })).toHaveCount(1);

  await page.getByRole("button", { name: /^Show details of: Changed the preset/ }).click();
  await page.getByRole("link", { name: "Everything about the same thing" }).click();
  await expect(page).toHaveURL(`/settings/audit?subject=${preset.id}`);
  await expect(page.getByRole("row").filter({ hasText: "Created the preset" })).toHaveCount(1);
  await page.getByLabel("To", { exact: true }).fill("2020-01-01");
  await expect(page.getByText("No entry matches these filters.")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL("/settings/audit");
  await expect(page.getByRole("table")).toBeVisible();
});

test("what a program did stands under its key's name and prefix, and so does the run that it started", async ({ page, api, site, programApi }) => {
  const { preset } = await makePreset(api, "Quiet", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
  const name = uniqueName("Nightly");
  const { key, token } = await api.apiKey.create.mutate({ name, scopes: ["run"] });
  const { runId, number } = await startRun(programApi(token), preset.id);
  await waitForEnd(api, runId);
  await open(page, `/settings/audit?who=${key.id}`);
  await expect(page.getByRole("combobox", { name: "Who" })).toHaveValue(`${name}, API key ${key.prefix}`);
  const entry = page.getByRole("row").filter({ hasText: `Started run ${number}` });
  await expect(entry).toContainText(`API key ${key.prefix}`);
  await open(page, `/runs/${runId}`);
  await expect(page.getByText(`${name} (API key)`)).toBeVisible();
});
