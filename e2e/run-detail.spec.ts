import fs from "node:fs/promises";
import type { Route } from "@playwright/test";
import { openFlakyWire } from "@/testing/flaky-wire";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, feedSource, makePreset, startRun, waitForEnd } from "./fixtures/api";
import { open, reload } from "./fixtures/open";
import { isMarked, logLines, markDocument, runStatus, sourceRow } from "./fixtures/run-page";
import type { Site } from "./fixtures/site";
import { feed, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const EARLY = [
  { id: "early-1", title: "Early milk" },
  { id: "early-2", title: "Early bread" },
];
const LATE = [{ id: "late-1", title: "Late cheese" }];

test("a run is followed to its end over a reload and a lost network, without a line lost or doubled", async ({ page, api, site, guard, baseURL }, testInfo) => {
  const wire = await openFlakyWire({ host: "127.0.0.1", port: Number(new URL(baseURL ?? "").port) });
  const { runId, held } = await startHeldRun(api, site);
  await open(page, `http://localhost:${wire.address.port}/runs/${runId}`);
  await expect(page.getByText("2 of 3 sources", { exact: true })).toBeVisible();
  await expect(sourceRow(page, "Missing feed")).toContainText("404 Not found.");
  await expect(sourceRow(page, "Late feed")).toContainText("Collecting");
  await expect(logLines(page).first()).toContainText("Queued by Ada Example");
  const lines = await logLines(page).allInnerTexts();

  await reload(page);
  await expect(page.getByText("2 of 3 sources", { exact: true })).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "Progress" })).toHaveAttribute("aria-valuenow", "66");
  await expect.poll(() => logLines(page).allInnerTexts()).toEqual(lines);
  await page.screenshot({ path: testInfo.outputPath("live.png"), fullPage: true });

  await markDocument(page);
  guard.expectDisconnection();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  wire.cut();
  await expect(page.getByText("Reconnecting", { exact: true })).toBeVisible();
  held.release();
  await waitForEnd(api, runId);
  wire.mend();
  await expect(runStatus(page, "Partial")).toBeVisible({ timeout: 30_000 });
  await expect(logLines(page).last()).toContainText("The run ended: partial.");
  const { events } = await api.run.log.query({ runId });
  expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index));
  await expect(logLines(page)).toHaveCount(events.length);
  for (const [index, { message }] of events.entries()) await expect(logLines(page).nth(index)).toContainText(message);
  expect(await isMarked(page), "the page was never loaded anew").toBe(true);

  await sourceRow(page, "Missing feed").getByText("Details", { exact: true }).click();
  await expect(sourceRow(page, "Missing feed")).toContainText(site.url("/missing.xml"));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `a run, ${colorScheme}, ${width} px`);
      await page.screenshot({ path: testInfo.outputPath(`run-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing sticks out").toBeLessThanOrEqual(390);
  wire.cut();
  await wire.close();
});

test("eight tabs with the same run all follow it, and each stays usable", async ({ context, api, site }) => {
  const { runId, held } = await startHeldRun(api, site);
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
  for (const tab of tabs) await open(tab, `/runs/${runId}`);
  const last = tabs.pop() ?? (await context.newPage());
  await last.getByRole("link", { name: "Items", exact: true }).click();
  await expect(last.getByRole("heading", { level: 1, name: "Items" })).toBeVisible();
  held.release();
  for (const tab of tabs) await expect(runStatus(tab, "Partial")).toBeVisible({ timeout: 20_000 });
});

test("of a log of 10,000 lines only those in view are drawn; it is filtered, followed, and downloaded whole", async ({ page, api, site }) => {
  const { runId, held } = await startHeldRun(api, site);
  held.release();
  const run = await waitForEnd(api, runId);
  await page.route(/\/api\/trpc\/[^?]*run\.log/, (route) => answerLongLog(route, run.sources[0]?.sourceId ?? ""));
  await open(page, `/runs/${runId}`);
  await expect(page.getByText(/^10,000 lines\./)).toBeVisible();
  expect(await logLines(page).count()).toBeLessThan(200);

  const follow = page.getByRole("switch", { name: "Follow" });
  await follow.check();
  await expect(logLines(page).last()).toContainText("Line 9999.");
  expect(await logLines(page).count()).toBeLessThan(200);
  await page.getByRole("region", { name: /^Event log\. Times are/ }).hover();
  await page.mouse.wheel(0, -2_000);
  await expect(follow).not.toBeChecked();

  await page.getByRole("combobox", { name: "Level" }).click();
  await page.getByRole("option", { name: "Errors", exact: true }).click();
  await expect(page.getByText(/^100 of 10,000 lines\./)).toBeVisible();
  await page.getByRole("combobox", { name: "Level" }).click();
  await page.getByRole("option", { name: "All lines" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const saved = await fs.readFile(await (await download).path(), "utf8");
  expect(saved.trimEnd().split("\n")).toHaveLength(10_001);
});

test("what a run changed about an item shows with the run, and in the item's details for every run", async ({ page, api, site }, testInfo) => {
  const url = site.serve("/prices.xml", feed([{ id: "milk", title: "Milk, 99 cents" }]));
  const { preset } = await makePreset(api, "Prices", [feedSource("Prices", url)]);
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  site.serve("/prices.xml", feed([{ id: "milk", title: "Milk, 109 cents" }]));
  const { runId, number } = await startRun(api, preset.id);
  await waitForEnd(api, runId);
  await open(page, `/runs/${runId}`);
  const item = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "Milk, 109 cents" }) });
  await expect(item.getByRole("deletion")).toHaveText("Milk, 99 cents");
  await expect(item.getByRole("insertion")).toHaveText("Milk, 109 cents");
  await item.getByRole("button", { name: /^Show details/ }).click();
  const history = page.getByRole("dialog").getByRole("region", { name: "Change history" });
  await expect(history.getByRole("link", { name: `run ${number}` })).toBeVisible();
  await expect(history.getByRole("listitem")).toHaveText(/^Title: Milk, 99 cents.*Milk, 109 cents$/);
  await expectAccessible(page, "the history of an item");
  await page.screenshot({ path: testInfo.outputPath("item-history.png") });
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Show items" }).click();
  await expect(page).toHaveURL(`/items?run=${runId}`);
  await expect(page.getByRole("rowheader", { name: "Milk, 109 cents" })).toBeVisible();
});

/** A run of three sources: one gives items, one is not there, one answers when it is told to. */
async function startHeldRun(api: Api, site: Site) {
  const held = site.hold("/late.xml", feed(LATE));
  const { preset } = await makePreset(api, "Detail", [
    feedSource("Early feed", site.serve("/early.xml", feed(EARLY))),
    feedSource("Missing feed", site.serve("/missing.xml", status(404))),
    feedSource("Late feed", site.url("/late.xml")),
  ]);
  const { runId } = await startRun(api, preset.id);
  await held.arrived;
  await expect.poll(async () => (await api.run.get.query({ runId })).doneSourceCount, { message: "the others are done" }).toBe(2);
  return { runId, held };
}

/** Gives a log of 10,000 lines, every hundredth of them an error. */
async function answerLongLog(route: Route, sourceId: string): Promise<void> {
  const response = await route.fetch();
  const procedures = new URL(route.request().url()).pathname.split("/").at(-1)?.split(",") ?? [];
  const answers = await response.json();
  const at = "2026-11-24T06:00:00.000Z";
  const events = Array.from({ length: 10_000 }, (_, number) => {
    const level = number % 100 === 99 ? "error" : "info";
    return { number, at, level, code: "attempt_started", sourceId, sourceName: "Early feed", message: `Line ${number}.` };
  });
  const values = Object.fromEntries(events.map((_, index) => [`events.${index}.at`, ["Date"]]));
  answers[procedures.indexOf("run.log")].result.data = { json: { events, nextCursor: 9_999, more: false }, meta: { values, v: 1 } };
  await route.fulfill({ response, json: answers });
}
