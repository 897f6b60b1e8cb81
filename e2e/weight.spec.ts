import type { Page } from "@playwright/test";
import { feedSource, makePreset, storeSchedule } from "./fixtures/api";
import { open } from "./fixtures/open";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

/** All the scripts of the page as they are sent, compressed. The framework alone takes half of it. */
const MOST_SCRIPT_BYTES = 270 * 1024;

test("the Schedule page is light, and once it is alive it asks for no data", async ({ page, api, site }) => {
  const { preset } = await makePreset(api, "Weight", [feedSource("Milk", site.serve("/milk.xml", feed([{ id: "1", title: "Milk" }])))]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "0 9 * * 1-5", timeZone: "America/New_York", enabled: true });
  const began = performance.now();
  await open(page, "/schedule");
  const aliveMs = performance.now() - began;
  const later: string[] = [];
  // Pages behind links may be fetched ahead: nobody waits for them.
  page.on("request", (request) => request.url().includes("/api/") && later.push(`${request.method()} ${request.url()}`));
  await page.waitForLoadState("networkidle");

  const scripts = await scriptsOf(page);
  const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`Schedule page, cold: ${scripts.length} scripts, ${kilobytes(total)} compressed, alive after ${Math.round(aliveMs)} ms`);
  for (const { name, bytes } of scripts.slice(0, 12)) console.log(`  ${kilobytes(bytes).padStart(8)}  ${name}`);
  expect(later, "requests after the page came alive").toEqual([]);
  expect(total).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});

/** The page's scripts, the heaviest first, with their bytes as sent. */
function scriptsOf(page: Page): Promise<{ name: string; bytes: number }[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming && new URL(entry.name).pathname.endsWith(".js"))
      .map((entry) => ({ name: new URL(entry.name).pathname, bytes: (entry as PerformanceResourceTiming).encodedBodySize }))
      .sort((a, b) => b.bytes - a.bytes),
  );
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
