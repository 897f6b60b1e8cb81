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

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

  test("a finger that scrolls over a list opens nothing, and one that taps it does", async ({ page, api }) => {
    const { preset } = await makePreset(api, "Touched", [feedSource("A feed", "https://example.org/feed.xml")]);
    await storeSchedule(api, { presetId: preset.id });
    await open(page, "/schedule");
    const sendList = await holdCode(page);
    const choice = page.getByRole("combobox", { name: "Preset" });
    const { x, y } = (await choice.boundingBox()) ?? { x: 0, y: 0 };
    await dragFinger(page, { x: x + 20, y: y + 20 }, -120);
    await sendList();
    await expect(page.getByRole("button", { name: "More about the schedule" })).toHaveAttribute("aria-expanded", "false");
    await expect(page.getByRole("option")).toHaveCount(0);
    await choice.tap();
    await expect(page.getByRole("option", { name: preset.name })).toBeVisible();
  });
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

/** Puts a finger down, moves it up or down by so many px as a scroll does, lifts it, and waits until the page has come to rest. */
async function dragFinger(page: Page, { x, y }: { x: number; y: number }, by: number): Promise<void> {
  const rest = await page.evaluateHandle(() => ({ reached: new Promise((resolve) => document.addEventListener("scrollend", resolve, { once: true })) }));
  const session = await page.context().newCDPSession(page);
  await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  for (const part of [0.25, 0.5, 0.75, 1]) await session.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [{ x, y: y + by * part }] });
  await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await rest.evaluate(async ({ reached }) => {
    await reached;
  });
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
