import type { Page } from "@playwright/test";
import { feedSource, makePreset, storeSchedule } from "./fixtures/api";
import { open } from "./fixtures/open";
import { expect, test } from "./fixtures/test";

test("whoever is faster than the code of a menu or a list loses neither their press nor what they type", async ({ page, api }) => {
  const { preset } = await makePreset(api, "Fast", [feedSource("A feed", "https://example.org/feed.xml")]);
  await storeSchedule(api, { presetId: preset.id });

  await open(page, "/schedule");
  const sendMenu = await holdCode(page);
  await page.getByRole("button", { name: "More about the schedule" }).click();
  await expect(page.getByRole("menuitem")).toHaveCount(0);
  await sendMenu();
  await expect(page.getByRole("menuitem", { name: "Copy cron" })).toBeVisible();

  await open(page, "/schedule");
  const sendList = await holdCode(page);
  const zone = page.getByRole("combobox", { name: "Time zone" });
  await zone.focus();
  await page.keyboard.type("kolk");
  await sendList();
  await expect(page.getByRole("option").first()).toContainText("Asia/Kolkata");
  await expect(zone).toBeFocused();
  await expect(zone).toHaveValue("kolk");

  await open(page, "/schedule");
  const sendChoice = await holdCode(page);
  const choice = page.getByRole("combobox", { name: "Preset" });
  await choice.focus();
  await page.keyboard.press("Enter");
  await sendChoice();
  await expect(page.getByRole("option", { name: preset.name })).toBeVisible();
});

test("whoever has gone on to something else is not called back when the code comes", async ({ page, api }) => {
  await storeSchedule(api, {});
  await open(page, "/schedule");
  const sendMenu = await holdCode(page);
  const menu = page.getByRole("button", { name: "More about the schedule" });
  await menu.click();
  const cron = page.getByLabel("Cron expression");
  await cron.click();
  await sendMenu();
  // Only the menu itself says whether it is open.
  await expect(menu).toHaveAttribute("aria-expanded", "false");
  await expect(cron).toBeFocused();
});

test("nothing moves when a part takes the place of what stood there", async ({ page, api }) => {
  await storeSchedule(api, {});
  await open(page, "/schedule");
  const sendParts = await holdCode(page);
  const before = await placesOf(page);
  await page.mouse.move(5, 5);
  await sendParts();
  for (const name of ["More about the schedule", /^Organization: /]) await expect(page.getByRole("button", { name })).toHaveAttribute("aria-expanded", "false");
  expect(await placesOf(page)).toEqual(before);
});

/** Where each control of the page is, by its name. */
function placesOf(page: Page) {
  return page.locator("button, [role=combobox]").evaluateAll((controls) =>
    controls.map((control) => {
      const { x, y, width, height } = control.getBoundingClientRect();
      return [control.getAttribute("aria-label") ?? control.textContent, x, y, width, height];
    }),
  );
}

/** Keeps scripts back that are asked for from now on, until the returned function is called. */
async function holdCode(page: Page): Promise<() => Promise<void>> {
  let send = () => {};
  const sent = new Promise<void>((resolve) => {
    send = resolve;
  });
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    await sent;
    await route.continue();
  });
  return async () => {
    send();
    await page.unrouteAll({ behavior: "wait" });
  };
}
