import type { Locator, Page } from "@playwright/test";
import { type Api, feedSource, makePreset, startRun, waitForEnd } from "./fixtures/api";
import { open } from "./fixtures/open";
import type { Site } from "./fixtures/site";
import { feed, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const GOOD = [{ id: "good-1", title: "Good milk" }];
const MENDED = [{ id: "mended-1", title: "Mended butter" }];

test("what failed in a run is retried alone, as it is defined now, and the two runs lead to each other", async ({ page, api, site }) => {
  const { runId, number, broken } = await startPartialRun(api, site);
  await open(page, `/runs/${runId}`);
  await expect(page.getByRole("button", { name: "Retry failed source (1)" })).toBeVisible();
  await mend(api, site, broken);

  await page.getByRole("button", { name: "Retry failed source (1)" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${number + 1}`);
  await expect(page.getByText(`Retry of run ${number}.`)).toBeVisible();
  await expect(page.locator("main").getByText("Succeeded", { exact: true })).toBeVisible();
  const rows = sourceRows(page);
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("Broken feed");
  await expect(rows).toContainText("Done");
  await expect(page.getByRole("rowheader", { name: "Mended butter" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Retry failed/ })).toBeHidden();
  expect(site.requestCount("/good.xml"), "requests for the source that had not failed").toBe(1);

  await page.getByRole("link", { name: `run ${number}`, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${number}`);
  await page
    .getByText(`Collected again by run ${number + 1}.`)
    .getByRole("link")
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${number + 1}`);
});

test("the list of runs retries from the row's menu, also on a small screen", async ({ page, api, site }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { number, broken } = await startPartialRun(api, site);
  await mend(api, site, broken);
  await open(page, "/runs");
  await openMenu(runRow(page, number));
  await expect(page.getByRole("menuitem", { name: "Run again" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Retry failed source (1)" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${number + 1}`);
  await expect(page.locator("main").getByText("Succeeded", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "the page scrolls in its tables alone").toBeLessThanOrEqual(390);

  await open(page, "/runs");
  await expect(runRow(page, number + 1)).toContainText(`Retry of run ${number}.`);
});

test("a retry while another run is going names that run and starts nothing", async ({ page, api, site, guard }) => {
  guard.expectAnswer(409, "/api/trpc/run.retryFailed");
  const { runId, number, presetId } = await startPartialRun(api, site);
  await open(page, `/runs/${runId}`);
  const held = site.hold("/good.xml", feed(GOOD));
  const other = await startRun(api, presetId);

  await page.getByRole("button", { name: "Retry failed source (1)" }).click();
  const message = page.getByRole("alert").filter({ hasText: "The retry was not started" });
  await expect(message).toContainText(`Run ${other.number} is still going, so no second one was started.`);
  await message.getByRole("link", { name: "Open that run" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${other.number}`);
  held.release();
  await waitForEnd(api, other.runId);
  const [newest] = (await api.run.list.query({ limit: 1 })).runs;
  expect(newest?.number).toBe(number + 1);
});

test("a source that was turned off since is not offered for a retry", async ({ page, api, site }) => {
  const { runId, broken } = await startPartialRun(api, site);
  await api.source.update.mutate({ id: broken.id, definition: broken.definition, enabled: false });
  await open(page, `/runs/${runId}`);
  await expect(page.getByRole("button", { name: "Run again" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Retry/ })).toBeHidden();
});

/** A run of two sources that has ended; one of them is not there. */
async function startPartialRun(api: Api, site: Site) {
  const definition = feedSource("Broken feed", site.serve("/broken.xml", status(404)));
  const { preset, sources } = await makePreset(api, "Retry", [feedSource("Good feed", site.serve("/good.xml", feed(GOOD))), definition]);
  const { runId, number } = await startRun(api, preset.id);
  expect(await waitForEnd(api, runId)).toMatchObject({ status: "partial", retryableSourceCount: 1 });
  return { runId, number, presetId: preset.id, broken: { id: sources[1]?.id ?? "", definition } };
}

type BrokenSource = Awaited<ReturnType<typeof startPartialRun>>["broken"];

/** The source moves to where it is. */
async function mend(api: Api, site: Site, { id, definition }: BrokenSource): Promise<void> {
  await api.source.update.mutate({ id, definition: { ...definition, url: site.serve("/mended.xml", feed(MENDED)) }, enabled: true });
}

function runRow(page: Page, number: number): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name: `Run ${number}`, exact: true }) });
}

/** Without the head. */
function sourceRows(page: Page): Locator {
  return page
    .getByRole("region", { name: "Sources of this run" })
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") });
}

async function openMenu(row: Locator): Promise<void> {
  await row.getByRole("button", { name: /^Actions of run/ }).click();
}
