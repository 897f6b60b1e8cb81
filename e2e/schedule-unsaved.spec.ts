import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, feedSource, makePreset, storeSchedule, uniqueName } from "./fixtures/api";
import { open, reload, untilAlive } from "./fixtures/open";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
import { SIGN_IN, signIn } from "./fixtures/sign-in";
import type { Site } from "./fixtures/site";
import { empty } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const SAVING = "**/api/trpc/schedule.update**";
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
      await page.goBack();
      await questions.expect("confirm");
    }
    await expect(page).toHaveURL("/schedule");
    await expect(cronField(page)).toHaveValue("15 3 * * *");
    questions.reply = "accept";
    await page.goBack();
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

test("the bar says what changes and where the next run goes, and a save that fails loses nothing", async ({ page, api }, testInfo) => {
  await api.schedule.update.mutate({ enabled: true });
  await open(page, "/schedule");
  await cronField(page).fill("15 3 * * *");
  await expect(saveBar(page)).toContainText("Unsaved: time 07:00 → 03:15.");
  await expect(saveBar(page)).toContainText(/Next run moves from (today|tomorrow) 07:00 to (today|tomorrow) 03:15\./);
  await look(page, testInfo.outputPath.bind(testInfo), "bar", "dark");

  await page.route(SAVING, (route) => route.abort("aborted"));
  await page.getByRole("button", { name: "Save changes" }).click();
  const failure = saveBar(page).getByRole("alert").filter({ hasText: "Could not save" });
  await expect(failure).toContainText("The server did not answer. Your changes are still here.");
  await expect(cronField(page)).toHaveValue("15 3 * * *");
  await page.unroute(SAVING);

  await page.getByLabel("Run limit in minutes").fill("ten");
  await page.keyboard.press("Control+s");
  const summary = saveBar(page).getByRole("alert").filter({ hasText: "One input needs a change" });
  await page.getByRole("heading", { level: 1 }).focus();
  await summary.getByRole("button", { name: "Enter whole minutes, 1 to 1440, or leave it empty." }).click();
  await expect(page.getByLabel("Run limit in minutes")).toBeFocused();
  await page.getByLabel("Run limit in minutes").fill("");
  await page.keyboard.press("Control+s");
  await expect(page.getByText(/^Saved\. Next run: \w{3} \d+ \w{3}( \d{4})?, 03:15 Berlin \(02:15 your time\)\.$/)).toBeVisible();
  expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "15 3 * * *" });

  // What is typed while a save is on its way stays to be saved.
  let letThrough = () => {};
  const isLetThrough = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(SAVING, (route) => isLetThrough.then(() => route.continue()));
  await cronField(page).fill("20 3 * * *");
  const sent = page.waitForRequest(SAVING);
  await page.keyboard.press("Control+s");
  await sent;
  await page.getByLabel("Run limit in minutes").fill("20");
  letThrough();
  await expect(page.getByText(/^Saved\. Next run: .*03:20 Berlin/)).toBeVisible();
  await expect(saveBar(page)).toContainText(/^Unsaved: run limit [^,]*\./);
  await page.keyboard.press("Control+s");
  await expect(saveBar(page)).toBeHidden();
  expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "20 3 * * *", runLimitMs: 1_200_000 });
});

test("changes outlive the session, and come back over a newer version only beside it", async ({ page, context, api, guard }, testInfo) => {
  guard.expectAnswer(401, "/api/trpc/");
  guard.expectAnswer(429, SIGN_IN);
  guard.expectAnswer(409, "/api/trpc/schedule.update");
  await open(page, "/schedule");
  await cronField(page).fill("15  3 * * *");
  await context.clearCookies();
  await page.getByRole("button", { name: "Save changes" }).click();
  await saveBar(page).getByRole("link", { name: "sign in again" }).click();
  await expect(page).toHaveURL("/sign-in");
  expect(await signIn(page, OWNER.email, OWNER.password)).toBe(200);
  await expect(page).toHaveURL("/schedule");
  await expect(page.getByText("Your unsaved changes are back.")).toBeVisible();
  await expect(cronField(page)).toHaveValue("15  3 * * *");

  await api.schedule.update.mutate({ cronExpression: "20 4 * * *", missedPolicy: "skip" });
  answer(page, "accept");
  await reload(page);
  await expect(page.getByText("Your unsaved changes are back.")).toBeVisible();
  const conflict = page.getByRole("alert").filter({ hasText: `${OWNER.name} changed this` });
  await expect(conflict.getByRole("row", { name: "cron expression" }).getByRole("cell")).toHaveText([/^15 {2}3 \* \* \*/, /^20 4 \* \* \*/]);
  await expect(conflict.getByRole("row", { name: "missed runs" }).getByRole("cell")).toHaveText(["not changed", "skip"]);
  await look(page, testInfo.outputPath.bind(testInfo), "conflict", "light");
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await expect(saveBar(page)).toBeHidden();
  expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "15  3 * * *", missedPolicy: "skip" });
  await reload(page);
  await expect(saveBar(page)).toBeHidden();
});

test("a first schedule that is not saved yet comes back, too, until it is discarded", async ({ page, api }) => {
  await api.schedule.remove.mutate({ version: (await api.schedule.get.query())?.version ?? 0 });
  await open(page, "/schedule");
  await page.getByRole("button", { name: "Set up schedule" }).click();
  await cronField(page).fill("15 3 * * *");
  answer(page, "accept");
  await reload(page);
  await expect(page.getByText("Your unsaved changes are back.")).toBeVisible();
  await expect(cronField(page)).toHaveValue("15 3 * * *");
  await page.getByRole("button", { name: "Discard" }).click();
  await reload(page);
  await expect(page.getByText("Nothing is scheduled. Runs start only when you press Run now.")).toBeVisible();
  await expect(saveBar(page)).toHaveCount(0);
  expect(await keptDrafts(page)).toEqual([]);
});

/** Every day at 07:00 in Berlin, off. */
async function storeDaily(api: Api, site: Site): Promise<void> {
  const { preset } = await makePreset(api, "Quiet", [feedSource("Quiet feed", site.serve("/quiet.xml", empty))]);
  await storeSchedule(api, { presetId: preset.id, missedPolicy: "run_once" });
}

/** One more organization to switch to; the session stays where it is. Returns its name. */
async function foundOrganization(api: Api): Promise<string> {
  const name = uniqueName("Other Dairy");
  const home = (await api.organization.list.query()).find((organization) => organization.name === ORGANIZATION.name);
  await api.organization.create.mutate({ name, timeZone: "UTC" });
  await api.organization.switch.mutate({ organizationId: home?.id ?? "" });
  return name;
}

function cronField(page: Page): Locator {
  return page.getByLabel("Cron expression");
}

function saveBar(page: Page): Locator {
  return page.getByRole("region", { name: "Unsaved changes" });
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

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: `Account of ${OWNER.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

async function switchTo(page: Page, organization: string): Promise<void> {
  await page.getByRole("button", { name: `Organization: ${ORGANIZATION.name}` }).click();
  await page.getByRole("menuitem", { name: organization }).click();
}

/** The places of the drafts that this tab keeps. */
function keptDrafts(page: Page): Promise<string[]> {
  return page.evaluate(() => Object.keys(window.sessionStorage).filter((key) => key.startsWith("milkrun.schedule-draft")));
}

/** Answers every question of the browser. `expect` says which have come since the last look, and waits for them. */
function answer(page: Page, reply: "accept" | "dismiss") {
  const asked: string[] = [];
  const questions = {
    reply,
    async expect(...kinds: string[]) {
      await expect.poll(() => asked, "what the browser asked").toEqual(kinds);
      asked.length = 0;
    },
  };
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    return dialog[questions.reply]();
  });
  return questions;
}

/** The page with what is unsaved, in both colour schemes, on a desk and on a phone. axe takes seconds: it sees the phone in one scheme, the desk in the other. */
async function look(page: Page, path: (name: string) => string, name: string, phonesScheme: "dark" | "light"): Promise<void> {
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
      if ((colorScheme === phonesScheme) === (width === 390)) await expectAccessible(page, `${name}, ${colorScheme}, ${width} px`);
      await page.screenshot({ path: path(`${name}-${colorScheme}-${width}.png`) });
    }
  }
}
