import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, feedSource, makePreset, startRun, storeSchedule, uniqueName, waitForEnd } from "./fixtures/api";
import { open, reload } from "./fixtures/open";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
import { feed, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const USUAL = { clockStyle: "24h", firstWeekday: 1, singleKeys: true } as const;
const NEWS = [{ id: "one", title: "One" }];

test.afterEach(({ api }) => api.account.savePreferences.mutate(USUAL).then(() => undefined));

test("the palette leads to pages and to things by name, says what it has found, and is accessible", async ({ page, api, site }, testInfo) => {
  const name = uniqueName("Gazette");
  await makePreset(api, "Palette", [feedSource(name, site.serve("/palette.xml", feed(NEWS)))]);
  await open(page, "/runs");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find or do something" });
  const search = palette.getByRole("combobox");
  await expect(search).toBeFocused();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `the palette, ${colorScheme}, ${width} px wide`);
      await page.screenshot({ path: testInfo.outputPath(`palette-${colorScheme}-${width}.png`) });
    }
  }

  await search.fill(name);
  const option = palette.getByRole("option", { name });
  await expect(option).toHaveAttribute("aria-selected", "true");
  await expect(search).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "no id");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sources\/[\w-]+$/);
  await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();

  await page.keyboard.press("Control+k");
  await search.fill("zebra crossing");
  await expect(palette.getByText("Nothing here has that name.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
});

test("the palette runs and pauses what the buttons do, with the same answers", async ({ page, api, site }) => {
  const { preset } = await makePreset(api, "Palette", [feedSource("Palette feed", site.serve("/palette.xml", feed(NEWS)))]);
  await storeSchedule(api, { presetId: preset.id, cronExpression: "30 2 * * *", enabled: true });
  await open(page, "/items");
  await choose(page, "pause");
  await expect(page.getByRole("dialog", { name: "Pause the schedule" }).getByLabel("Note")).toBeFocused();
  await page.keyboard.type("Moving house");
  await page.getByRole("button", { name: "Pause schedule" }).click();
  await expect(page.getByText("The schedule is paused until somebody resumes it.")).toBeVisible();
  await choose(page, "resume");
  await expect(page.getByText("The schedule is on again.")).toBeVisible();
  await choose(page, "run now");
  await expect(page).toHaveURL(/\/runs\/[\w-]+$/);
  await waitForEnd(api, page.url().split("/").at(-1) ?? "");
});

test("single keys lead to pages and list themselves, never while typing, and not at all once they are turned off", async ({ page, api }) => {
  await open(page, "/schedule");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page).toHaveURL("/runs");
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeFocused();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Shortcuts" });
  await expect(list.getByRole("row", { name: /g then s/ })).toContainText("Go to Schedule");
  await expectAccessible(page, "the list of shortcuts");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();

  await open(page, "/items");
  await page.getByLabel("Search items").focus();
  await page.keyboard.type("g s ?");
  await expect(page).toHaveURL(/\/items/);
  await expect(list).toBeHidden();

  await open(page, "/account");
  await page.getByRole("switch", { name: "Shortcuts of single keys" }).click();
  await expect.poll(async () => (await api.member.me.query()).preferences.singleKeys).toBe(false);
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.type("gs?");
  await expect(list).toBeHidden();
  await expect(page).toHaveURL("/account");
  await choose(page, "show shortcuts");
  await expect(list.getByText("are turned off")).toBeVisible();
  await expect(list.getByRole("row")).toHaveCount(3);
});

test("what was chosen last is kept, however slow what was chosen before it is", async ({ page, api }) => {
  await api.account.savePreferences.mutate(USUAL);
  await open(page, "/account");
  let answers = 0;
  let send = () => {};
  const isSent = new Promise<void>((resolve) => {
    send = resolve;
  });
  let count = 0;
  await page.route("**/api/trpc/account.savePreferences*", async (route) => {
    count += 1;
    if (count === 1) await isSent;
    const response = await route.fetch();
    answers += 1;
    await route.fulfill({ response });
  });
  const asked = page.waitForRequest(/savePreferences/);
  await page.getByRole("radio", { name: "12 hours, as in 1:30 pm" }).click();
  await asked;
  await page.getByRole("radio", { name: "24 hours, as in 13:30" }).click();
  await expect(page.getByRole("radio", { name: "24 hours, as in 13:30" })).toBeChecked();
  // Whatever the click asked for is under way before what is asked for now is answered.
  await page.evaluate(() => fetch("/icon.svg"));
  expect(count, "one after the other").toBe(1);
  send();
  await expect.poll(() => answers).toBe(2);
  expect((await api.member.me.query()).preferences.clockStyle).toBe("24h");
});

test("times go by the reader's own clock, which the server already writes", async ({ page, api }) => {
  await open(page, "/account");
  await page.getByRole("radio", { name: "12 hours, as in 1:30 pm" }).click();
  await page.getByRole("radio", { name: "Sunday" }).click();
  const serverTime = page.getByRole("contentinfo").getByText("Server time:");
  await expect(serverTime).toContainText(/, \d{1,2}:\d\d (am|pm) Berlin/);
  await expect.poll(async () => (await api.member.me.query()).preferences).toEqual({ ...USUAL, clockStyle: "12h", firstWeekday: 0 });
  expect(await (await page.request.get("/account")).text()).toMatch(/, \d{1,2}:\d\d (am|pm) Berlin/);
  await reload(page);
  await expect(page.getByRole("radio", { name: "Sunday" })).toBeChecked();
  await expect(serverTime).toContainText(/(am|pm) Berlin/);
});

test("the navigation counts failing sources and marks a run that is going", async ({ page, api, site }) => {
  const held = site.hold("/slow.xml", feed(NEWS));
  const { preset, sources } = await makePreset(api, "Badges", [
    feedSource("Missing feed", site.serve("/gone.xml", status(404))),
    feedSource("Slow feed", site.url("/slow.xml")),
  ]);
  const { runId } = await startRun(api, preset.id);
  await held.arrived;
  await expect.poll(() => failing(api)).toBeGreaterThan(0);
  await open(page, "/items");
  const link = (text: RegExp) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: text });
  await expect(link(/^Runs *, a run is going$/)).toBeVisible();
  await expect(link(/^Sources *, \d+ failing$/)).toContainText(String(await failing(api)));
  await page.setViewportSize({ width: 768, height: 900 });
  await expect(page.getByRole("button", { name: `Account of ${OWNER.name}` }), "all of it fits on a tablet").toBeInViewport({ ratio: 1 });
  await expect(page.getByText(ORGANIZATION.name).first()).toBeInViewport({ ratio: 1 });
  held.release();
  await waitForEnd(api, runId);
  await expect(link(/^Runs$/)).toBeVisible();
  await api.preset.remove.mutate({ id: preset.id });
  for (const { id } of sources) await api.source.remove.mutate({ id });
});

test("a browser without a connection says so and from when its data are, until it is back", async ({ page, context, guard }) => {
  // The server is asked whether it is reached all the same.
  guard.expectDisconnection();
  await open(page, "/runs");
  // What tells of things is loaded with the first use of a page.
  await page.keyboard.press("Tab");
  // Pages behind visible links are fetched ahead: what is cut off there is no problem of this one.
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  const notice = page.getByText("You are offline.");
  await expect(notice).toContainText(/Showing data from .*\d\d:\d\d Berlin/);
  // By keyboard: a pointer has the page fetched ahead.
  await mainLink(page, "Items").press("Enter");
  await expect(page.getByText("So you stay on this page.")).toBeVisible();
  await context.setOffline(false);
  await expect(notice).toBeHidden();
  await expect(page).toHaveURL("/runs");
  await mainLink(page, "Items").click();
  await expect(page).toHaveURL("/items");
});

test("a filter that is chosen after the session has ended leads to sign-in, and back to what it narrows", async ({ page, context, guard }) => {
  guard.expectAnswer(401, "/api/trpc/");
  await open(page, "/items");
  await context.clearCookies();
  await page.getByRole("combobox", { name: "State" }).click();
  await page.getByRole("option", { name: "New" }).click();
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent("/items?state=new")}`);
  await expect(page.getByLabel("Email")).toBeVisible();
});

const mainLink = (page: Page, name: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).first();

const failing = async (api: Api) => (await api.organization.attention.query()).failingSources;

/** Takes the first command that this finds. */
async function choose(page: Page, typed: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Find or do something" }).getByRole("combobox").fill(typed);
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
}
