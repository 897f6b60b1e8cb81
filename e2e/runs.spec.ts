import { type Api, feedSource, makePreset, startRun, storeSchedule, waitForEnd } from "./fixtures/api";
import { holdAnswer } from "./fixtures/hold-answer";
import { open } from "./fixtures/open";
import { isMarked, markDocument, runStatus, sourceRow } from "./fixtures/run-page";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const EARLY = [
  { id: "early-1", title: "Early milk" },
  { id: "early-2", title: "Early bread" },
];
const LATE = [{ id: "late-1", title: "Late cheese" }];

test("run now starts one run, whose page follows it to the end without a reload", async ({ page, api, site }) => {
  const held = site.hold("/late.xml", feed(LATE));
  await storePreset(api, [feedSource("Early feed", site.serve("/early.xml", feed(EARLY))), feedSource("Late feed", site.url("/late.xml"))]);
  const before = await countRuns(api);

  await open(page, "/runs");
  await page.getByRole("button", { name: "Run now" }).dblclick();
  await expect(page).toHaveURL(/\/runs\/[\w-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Run \d+$/);
  await markDocument(page);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByText("1 of 2 sources", { exact: true })).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "Progress" })).toHaveAttribute("aria-valuenow", "50");
  await expect(sourceRow(page, "Late feed")).toContainText("Collecting");

  held.release();
  await expect(runStatus(page, "Succeeded")).toBeVisible();
  await expect(sourceRow(page, "Late feed")).toContainText("Done");
  for (const { title } of [...EARLY, ...LATE]) await expect(page.getByRole("rowheader", { name: title })).toBeVisible();
  await expect(page.getByRole("button", { name: "Run again" })).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeHidden();
  expect(await isMarked(page), "the page was never loaded anew").toBe(true);
  expect(await countRuns(api)).toBe(before + 1);
});

test("run now on the schedule's page works while the schedule is off, keeps unsaved changes and leads to the run", async ({ page, api, site }) => {
  const held = site.hold("/late.xml", feed(LATE));
  await storePreset(api, [feedSource("Late feed", site.url("/late.xml"))]);
  const before = await countRuns(api);
  await open(page, "/schedule");
  await page.getByLabel("Cron expression").fill("15 3 * * *");
  await page.getByRole("button", { name: "Run now" }).dblclick();
  await expect(page.getByText(/^Run \d+ is queued\.$/)).toHaveCount(1);
  await expect(page.getByRole("link", { name: /^Run in progress/ })).toBeVisible();
  await expect(page.getByText("The run was not started")).toHaveCount(0);
  expect(await countRuns(api)).toBe(before + 1);
  await expect(page.getByLabel("Cron expression")).toHaveValue("15 3 * * *");
  await page.getByRole("button", { name: "Discard" }).click();
  await page.getByRole("link", { name: /^Run in progress/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Run \d+$/);
  held.release();
  await expect(runStatus(page, "Succeeded")).toBeVisible();
  expect((await api.schedule.get.query())?.nextRunAt).toBeNull();
});

test("run now where the schedule has no preset asks before it leaves unsaved changes for the run", async ({ page, api, site }) => {
  const held = site.hold("/late.xml", feed(LATE));
  // More than the window has room for; the menu ends with the one that is started.
  const others = await Promise.all(Array.from({ length: 20 }, () => makePreset(api, "Other", [])));
  const preset = await storePreset(api, [feedSource("Late feed", site.url("/late.xml"))]);
  await storeSchedule(api, { presetId: null });
  await open(page, "/schedule");
  await page.getByLabel("Cron expression").fill("15 3 * * *");
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    return dialog.dismiss();
  });
  await page.getByRole("button", { name: "Run now" }).click();
  await page.getByRole("menuitem", { name: preset.name }).click();
  await expect(page.getByText(/^Run \d+ is queued\.$/)).toBeVisible();
  expect(asked).toEqual(["Leave this page? Your unsaved changes are lost."]);
  await expect(page).toHaveURL("/schedule");
  await expect(page.getByLabel("Cron expression")).toHaveValue("15 3 * * *");
  await page.getByRole("button", { name: "Discard" }).click();
  held.release();
  await waitForEnd(api, (await api.run.list.query({ limit: 1 })).runs[0]?.id ?? "");
  await Promise.all(others.map((other) => api.preset.remove.mutate({ id: other.preset.id })));
});

test("whoever leaves the page while a run is being started is told of it, and not called to it", async ({ page, api, site }) => {
  const held = site.hold("/late.xml", feed(LATE));
  const preset = await storePreset(api, [feedSource("Late feed", site.url("/late.xml"))]);
  await waitForEnd(api, (await startHeldRun(api, preset.id, held)).runId);
  await open(page, "/runs");
  const answer = await holdAnswer(page, "run.start");
  await page.getByRole("button", { name: "Run now" }).click();
  await answer.arrived;
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Items" }).click();
  await expect(page).toHaveURL("/items");
  await page.getByLabel("Search items").fill("half a wo");
  answer.release();
  const message = page.getByRole("alert").filter({ hasText: /Run \d+ is queued\./ });
  await expect(message).toBeVisible();
  await expect(page).toHaveURL("/items?q=half+a+wo");
  await message.getByRole("link", { name: "Open that run" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Run \d+$/);
});

test("a cancelled run stops within seconds, keeps what it collected and says who stopped it", async ({ page, api, site }) => {
  site.hold("/late.xml", feed(LATE));
  const preset = await storePreset(api, [feedSource("Early feed", site.serve("/early.xml", feed(EARLY))), feedSource("Late feed", site.url("/late.xml"))]);
  const { runId } = await startRun(api, preset.id);
  await open(page, `/runs/${runId}`);
  await expect(sourceRow(page, "Early feed")).toContainText("Done");
  await expect(sourceRow(page, "Late feed")).toContainText("Collecting");

  await page.getByRole("button", { name: "Cancel run" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop this run?" });
  await expect(dialog).toContainText("Items already collected stay.");
  await dialog.getByRole("button", { name: "Keep running" }).click();
  await expect(dialog).toBeHidden();
  await expect(runStatus(page, "Running")).toBeVisible();

  await page.getByRole("button", { name: "Cancel run" }).click();
  await dialog.getByRole("button", { name: "Stop run" }).click();
  // The promise is 2 seconds; the rest is for the machine.
  await expect(runStatus(page, "Cancelled")).toBeVisible({ timeout: 10_000 });
  await expect(sourceRow(page, "Late feed")).toContainText("Cancelled");
  await expect(page.getByText("Cancelled by Ada Example.")).toBeVisible();
  for (const { title } of EARLY) await expect(page.getByRole("rowheader", { name: title })).toBeVisible();
  const run = await waitForEnd(api, runId);
  expect(run.newCount).toBe(EARLY.length);
  const [requested, finished] = [run.cancelRequestedAt?.getTime() ?? 0, run.finishedAt?.getTime() ?? 0];
  expect(finished - requested, "milliseconds from the request to the end").toBeLessThan(5_000);
});

test("run now while a run is going is told of that run", async ({ page, api, site, guard }) => {
  guard.expectAnswer(409, "/api/trpc/run.start");
  const held = site.hold("/late.xml", feed(LATE));
  const preset = await storePreset(api, [feedSource("Late feed", site.url("/late.xml"))]);
  await waitForEnd(api, (await startHeldRun(api, preset.id, held)).runId);
  site.hold("/late.xml", feed(LATE));

  await open(page, "/runs");
  const runNow = page.getByRole("button", { name: "Run now" });
  await expect(runNow).toBeVisible();
  const { number } = await startRun(api, preset.id);
  await runNow.click();
  const message = page.getByRole("alert").filter({ hasText: "The run was not started" });
  await expect(message).toContainText(`Run ${number} is still going, so no second one was started.`);
  await message.getByRole("link", { name: "Open that run" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${number}`);
});

/** A preset of these sources, which the schedule (off) collects. */
async function storePreset(api: Api, definitions: Parameters<typeof makePreset>[2]) {
  const { preset } = await makePreset(api, "Runs", definitions);
  await storeSchedule(api, { presetId: preset.id });
  return preset;
}

/** A run that has come and gone, so that the page of runs is not empty. */
async function startHeldRun(api: Api, presetId: string, held: { release(): void }) {
  const run = await startRun(api, presetId);
  held.release();
  return run;
}

async function countRuns(api: Api): Promise<number> {
  return (await api.run.list.query({ limit: 200 })).runs.length;
}
