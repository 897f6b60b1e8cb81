import type { Page } from "@playwright/test";
import { type Api, uniqueName } from "./fixtures/api";
import { answer } from "./fixtures/browser-questions";
import { open, untilAlive } from "./fixtures/open";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
import { cronField, keptDrafts, saveBar, storeDaily } from "./fixtures/schedule-page";
import { expect, test } from "./fixtures/test";

const SIGNING_OUT = "**/api/auth/sign-out";

test.beforeEach(async ({ api, site }) => {
  await storeDaily(api, site);
});

test("unsaved changes are asked for on every way out, and on none once they are saved or discarded", async ({ page, api }) => {
  const otherDairy = await foundOrganization(api);
  const questions = answer(page, "dismiss");
  await open(page, "/runs");
  await follow(page, "Schedule");
  await expect(cronField(page)).toHaveValue("0 7 * * *");

  await test.step("by a link", async () => {
    await cronField(page).fill("15 3 * * *");
    await follow(page, "Items");
    await questions.expect("confirm");
    await expect(cronField(page)).toHaveValue("15 3 * * *");
    questions.reply = "accept";
    await follow(page, "Items");
    await questions.expect("confirm");
    await expect(page).toHaveURL("/items");
    await page.goBack();
    await expect(page).toHaveURL("/schedule");
    await expect(cronField(page)).toHaveValue("0 7 * * *");
    await page.goBack();
    await expect(page, "one press is one page").toHaveURL("/runs");
  });

  const ways = [
    { way: "by g then r", leads: "/runs", take: pressKeys },
    { way: "by the palette", leads: "/items", take: (page: Page) => choose(page, "items", "Items") },
  ];
  for (const { way, leads, take } of ways) {
    await test.step(way, async () => {
      questions.reply = "dismiss";
      await follow(page, "Schedule");
      await cronField(page).fill("15 3 * * *");
      await take(page);
      await questions.expect("confirm");
      await expect(cronField(page)).toHaveValue("15 3 * * *");
      questions.reply = "accept";
      await take(page);
      await questions.expect("confirm");
      await expect(page).toHaveURL(leads);
      await page.goBack();
      await expect(page).toHaveURL("/schedule");
      await expect(cronField(page)).toHaveValue("0 7 * * *");
      await page.goBack();
      await expect(page, "one press is one page").toHaveURL("/runs");
    });
  }

  await test.step("by Back", async () => {
    questions.reply = "dismiss";
    await follow(page, "Schedule");
    await cronField(page).fill("15 3 * * *");
    for (const _ of [1, 2]) {
      await pressBack(page);
      await questions.expect("confirm");
      // The page itself is looked at: it goes on only once the question is away, and before that nothing lies on top of it again.
      await expect(cronField(page)).toHaveValue("15 3 * * *");
    }
    await expect(page).toHaveURL("/schedule");
    questions.reply = "accept";
    await pressBack(page);
    await questions.expect("confirm");
    await expect(page).toHaveURL("/runs");
    await page.goForward();
    await expect(cronField(page), "what was given up stays so").toHaveValue("0 7 * * *");
    await page.goBack();
    await expect(page).toHaveURL("/runs");
  });

  await test.step("by signing out, switching the organization and closing the tab", async () => {
    questions.reply = "dismiss";
    await follow(page, "Schedule");
    await cronField(page).fill("15 3 * * *");
    await signOut(page);
    await questions.expect("confirm");
    await switchTo(page, otherDairy);
    await questions.expect("confirm");
    await page.close({ runBeforeUnload: true });
    await questions.expect("beforeunload");
    await expect(saveBar(page)).toBeVisible();
  });

  await test.step("not once they are saved", async () => {
    await page.keyboard.press("Control+s");
    await expect(page.getByText("Saved. The schedule is off, so nothing starts by itself.")).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL("/runs");
  });

  await test.step("and not once they are discarded", async () => {
    await page.goForward();
    await expect(cronField(page)).toHaveValue("15 3 * * *");
    await cronField(page).fill("0 7 * * *");
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(saveBar(page)).toBeHidden();
    await page.goBack();
    await expect(page).toHaveURL("/runs");
    await page.goForward();
    await expect(page).toHaveURL("/schedule");
    const closed = page.waitForEvent("close");
    await page.close({ runBeforeUnload: true });
    await closed;
    await questions.expect();
  });
});

test("unsaved changes are lost once the way out is certain, not while it may still fail", async ({ page, api }) => {
  const otherDairy = await foundOrganization(api);
  const questions = answer(page, "accept");
  await open(page, "/schedule");
  await cronField(page).fill("15 3 * * *");

  await test.step("not by signing out or switching the organization in vain", async () => {
    await page.route(SIGNING_OUT, (route) => route.abort("aborted"));
    await signOut(page);
    await questions.expect("confirm");
    await expect(page.getByText("You are still signed in")).toBeVisible();
    await page.route("**/api/trpc/organization.switch**", (route) => route.abort("aborted"));
    await switchTo(page, otherDairy);
    await questions.expect("confirm");
    await expect(page.getByText("You are still where you were")).toBeVisible();
    await expect(cronField(page)).toHaveValue("15 3 * * *");
  });

  await test.step("not by a run that was started, where the person stays", async () => {
    questions.reply = "dismiss";
    await choose(page, "run now", "Run now");
    await questions.expect("confirm");
    await expect(page.getByText(/^Run \d+ is queued\.$/)).toBeVisible();
    await expect(cronField(page)).toHaveValue("15 3 * * *");
    expect(await keptDrafts(page)).toHaveLength(1);
  });

  await test.step("but by signing out", async () => {
    questions.reply = "accept";
    await page.unroute(SIGNING_OUT);
    // Only as far as the page knows: the other tests share the session.
    await page.route(SIGNING_OUT, (route) => route.fulfill({ json: { success: true } }));
    const loaded = page.waitForEvent("load");
    await signOut(page);
    await questions.expect("confirm");
    await loaded;
    await untilAlive(page);
    await expect(cronField(page)).toHaveValue("0 7 * * *");
    expect(await keptDrafts(page)).toEqual([]);
  });
});

/** One more organization to switch to; the session stays where it is. Returns its name. */
async function foundOrganization(api: Api): Promise<string> {
  const name = uniqueName("Other Dairy");
  const home = (await api.organization.list.query()).find((organization) => organization.name === ORGANIZATION.name);
  await api.organization.create.mutate({ name, timeZone: "UTC" });
  await api.organization.switch.mutate({ organizationId: home?.id ?? "" });
  return name;
}

async function follow(page: Page, link: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: link, exact: true }).click();
}

/** To Runs by the shortcut. Single keys are heard where nothing is typed. */
async function pressKeys(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).focus();
  await page.keyboard.press("g");
  await page.keyboard.press("r");
}

/** Takes a command of the palette, which has to be the first that is found. */
async function choose(page: Page, typed: string, command: string): Promise<void> {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Find or do something" });
  await palette.getByRole("combobox").fill(typed);
  await expect(palette.getByRole("option", { name: command, exact: true })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
}

/** From where the page is now. The browser's driver goes from where it last heard that the page was, which is behind where the page has just laid an entry on top. */
async function pressBack(page: Page) {
  await page.evaluate(() => window.history.back());
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: `Account of ${OWNER.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

async function switchTo(page: Page, organization: string): Promise<void> {
  await page.getByRole("button", { name: `Organization: ${ORGANIZATION.name}` }).click();
  await page.getByRole("menuitem", { name: organization }).click();
}
