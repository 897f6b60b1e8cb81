import type { Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { answer } from "./fixtures/browser-questions";
import { open, reload } from "./fixtures/open";
import { OWNER } from "./fixtures/owner";
import { cronField, keptDrafts, saveBar, storeDaily } from "./fixtures/schedule-page";
import { SIGN_IN, signIn } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

const SAVING = "**/api/trpc/schedule.update**";

test.beforeEach(async ({ api, site }) => {
  await storeDaily(api, site);
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
