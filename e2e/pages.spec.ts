import type { Page, TestInfo } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { feedSource, makePreset, startRun, storeSchedule, uniqueName, waitForEnd } from "./fixtures/api";
import { open } from "./fixtures/open";
import { feed, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [1280, 390, 320] as const;
/** Where the pages are held against axe: at 320 px they are those of 390 px, only narrower. */
const AUDITED: readonly number[] = [1280, 390];
const HEIGHT = 900;

/** For people to look at, every page in every look: E2E_SCREENSHOTS=1. They take as long as everything else here. */
const SCREENSHOTS = process.env.E2E_SCREENSHOTS === "1";

/** A word that fits on no phone: what was collected must not push a page wide. */
const LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
const UNKNOWN_ID = "0198f2c0-0000-7000-8000-000000000001";

test.describe("signed in", () => {
  test("every page fits its window and is accessible, in light and dark, and has one heading", async ({ page, api, site }, testInfo) => {
    test.setTimeout(420_000);
    const { preset, sources } = await makePreset(api, LONG, [
      feedSource("Good feed", site.serve("/good.xml", feed([{ id: LONG, title: LONG }]))),
      feedSource(LONG, site.serve("/missing.xml", status(404))),
    ]);
    const [, missing] = sources;
    const headers = [{ name: `X-${"Long".repeat(24)}`, value: "secret" }];
    if (missing) await api.source.update.mutate({ id: missing.id, definition: feedSource(LONG, missing.url), enabled: true, headers });
    await storeSchedule(api, { presetId: preset.id, cronExpression: "30 2 * * *", timeZone: "America/New_York" });
    const { runId } = await startRun(api, preset.id);
    await waitForEnd(api, runId);
    await api.member.invite.mutate({ email: `${"x".repeat(60)}@${uniqueName("pages").replace(" ", "-")}.example.org`, role: "admin" });
    const { channel } = await api.notification.createChannel.mutate({ kind: "webhook", name: LONG, address: site.url(`/${LONG}`), timeZone: "Europe/Berlin" });
    const rule = await api.notification.createRule.mutate({ event: "run_partial", channelIds: [channel.id] });
    await api.notification.testChannel.mutate({ id: channel.id });
    await api.apiKey.create.mutate({ name: LONG, scopes: ["read", "run", "manage"] });

    const pages = {
      schedule: "/schedule",
      runs: "/runs",
      timeline: "/runs?view=timeline",
      "no-matching-run": "/runs?to=2020-01-01",
      run: `/runs/${runId}`,
      items: "/items",
      sources: "/sources",
      presets: "/sources?tab=presets",
      preset: `/sources?tab=presets&preset=${preset.id}`,
      "new-source": "/sources/new",
      import: "/sources/import",
      source: `/sources/${sources[1]?.id}`,
      "api-keys": "/settings/api-keys",
      api: "/settings/api",
      audit: "/settings/audit",
      notifications: "/settings/notifications",
      system: "/system",
      members: "/settings/members",
      account: "/account",
      "first-sources": "/start/sources",
      "first-run": "/start/run",
      "new-organization": "/organizations/new",
    };
    for (const [name, path] of Object.entries(pages)) await test.step(name, () => checkEveryLook(page, testInfo, name, path));
    await api.notification.deleteRule.mutate({ id: rule.id });
    await api.notification.deleteChannel.mutate({ id: channel.id });
  });

  test("the way to a first schedule fits its window, too", async ({ page, api }, testInfo) => {
    test.setTimeout(180_000);
    const stored = await api.schedule.get.query();
    if (stored) await api.schedule.remove.mutate({ version: stored.version });
    await checkEveryLook(page, testInfo, "no-schedule", "/schedule");
    await checkEveryLook(page, testInfo, "proposal", "/schedule?setup=1");
    await checkEveryLook(page, testInfo, "first-schedule", "/start/schedule");
  });

  for (const path of [`/runs/${UNKNOWN_ID}`, "/runs/not-an-id", `/sources/${UNKNOWN_ID}`, "/no-such-page"]) {
    test(`${path} is the not-found page`, async ({ page, guard }) => {
      guard.expectAnswer(404, path);
      const response = await open(page, path);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
      await expect(page.getByText("There is nothing at this address, or it is not yours to see.")).toBeVisible();
    });
  }
});

test.describe("signed out", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("the pages without a session fit their window and are accessible, in light and dark, and have one heading", async ({ page }, testInfo) => {
    for (const path of ["/sign-in", "/forgot-password", "/reset?token=x"]) {
      await checkEveryLook(page, testInfo, path.replace(/\W/g, ""), path);
    }
  });

  test("an invitation fits its window, too, and so does one that does not work", async ({ page, api }, testInfo) => {
    const { delivery } = await api.member.invite.mutate({ email: `${uniqueName("look").replace(" ", "-")}@example.org`, role: "viewer" });
    if (delivery.way !== "link") throw new Error("The link was mailed.");
    await checkEveryLook(page, testInfo, "invitation", delivery.url);
    await checkEveryLook(page, testInfo, "invalid-invitation", "/invitation?token=unknown");
  });
});

/** Opens the page and looks at it in every width and in both colour schemes, which follow the system's while it is open. */
async function checkEveryLook(page: Page, testInfo: TestInfo, name: string, path: string): Promise<void> {
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  await open(page, path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    for (const width of WIDTHS) {
      const look = `${name}, ${colorScheme}, ${width} px wide`;
      await page.setViewportSize({ width, height: HEIGHT });
      await expect.poll(() => findTooWide(page), `what sticks out of ${look}`).toEqual([]);
      if (AUDITED.includes(width)) await expectAccessible(page, look, { onlyColours: colorScheme !== SCHEMES[0] });
      if (SCREENSHOTS) await page.screenshot({ path: testInfo.outputPath(`${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
}

/** Lists of stacked rows that scroll sideways and, when the page itself does, the innermost elements that reach beyond the window. */
function findTooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const isStacked = (table: Element | null) => table !== null && getComputedStyle(table).display === "block";
    const boxes = [...document.querySelectorAll("section:has(> [role=table])")].filter((box) => isStacked(box.firstElementChild));
    const lists = boxes.filter((box) => box.scrollWidth > box.clientWidth).map((box) => `the list “${box.ariaLabel}”`);
    if (scrollWidth <= clientWidth) return lists;
    const beyond = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > clientWidth);
    const innermost = beyond.filter((element) => !beyond.some((other) => other !== element && element.contains(other)));
    return [...lists, `${scrollWidth} px in all`, ...innermost.map((element) => element.outerHTML.slice(0, 200))];
  });
}
