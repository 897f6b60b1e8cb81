import { expectAccessible } from "./fixtures/accessibility";
import { feedSource, makePreset, startRun, uniqueName, waitForEnd } from "./fixtures/api";
import { holdAnswer } from "./fixtures/hold-answer";
import { open } from "./fixtures/open";
import { feed, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

test("items that arrive while somebody pages wait, said but not shown, and repeat none", async ({ page, api, site }) => {
  const entries = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ({ id: `lepton-${from + index}`, title: `Lepton ${from + index}` }));
  const { preset, sources } = await makePreset(api, "Lepton", [feedSource("Lepton feed", site.serve("/lepton.xml", feed(entries(0, 60))))]);
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  await page.clock.install();
  await page.setViewportSize({ width: 390, height: 900 });
  await open(page, `/items?source=${sources[0]?.id}`);
  const titles = () => page.locator("tbody th").evaluateAll((heads) => heads.map((head) => head.textContent));
  const before = await titles();
  site.serve("/lepton.xml", feed(entries(0, 63)));
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  await page.getByRole("button", { name: "Load older" }).click();
  await expect(page.getByRole("button", { name: /^Show details/ })).toHaveCount(60);
  await page.clock.fastForward(31_000);
  const newer = page.getByRole("button", { name: "3 newer items" });
  await expect(newer).toBeVisible();
  const paged = await titles();
  expect(paged.slice(0, 50)).toEqual(before);
  expect(new Set(paged).size).toBe(60);
  await newer.click();
  await expect(page.getByRole("button", { name: /^Show details of Lepton 6[012]/ })).toHaveCount(3);
  await expect(newer).toBeHidden();
  await expect(page.getByText("63 items match", { exact: true })).toBeVisible();
});

test("a filter is saved as a view, whose address shows the same again, and details are gone through by keys", async ({ page, api, site }, testInfo) => {
  const entries = Array.from({ length: 60 }, (_, index) => ({ id: `quark-${index}`, title: `Quark ${index}` }));
  const { preset, sources } = await makePreset(api, "Quark", [feedSource("Quark feed", site.serve("/quark.xml", feed(entries)))]);
  const { runId } = await startRun(api, preset.id);
  await waitForEnd(api, runId);

  await open(page, `/items?source=${sources[0]?.id}`);
  await page.getByLabel("Search items").fill("quark -7");
  await expect(page.getByText("59 items match", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Load older" }).click();
  await expect(page.getByRole("button", { name: /^Show details/ })).toHaveCount(59);
  await page.getByRole("button", { name: "Save as view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as view" });
  await dialog.getByLabel("Name").fill("Quark view");
  await dialog.getByRole("button", { name: "Save view" }).click();
  const views = page.getByRole("navigation", { name: "Saved views" });
  await expect(views.getByRole("link", { name: "Quark view" })).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(/\/items\?view=[0-9a-f-]{36}$/);
  await page.reload();
  await expect(page.getByText("59 items match", { exact: true })).toBeVisible();

  await page.getByLabel("Search items").fill("quark");
  await expect(page.getByText("“Quark view” changed since it was saved.")).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("60 items match", { exact: true })).toBeVisible();
  await expect(page.getByText("“Quark view” changed since it was saved.")).toBeHidden();
  await page.getByRole("button", { name: /^More filters/ }).click();
  await expect(page.getByLabel("Published from")).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      if (width > 320) await expectAccessible(page, `items at ${width} px, ${colorScheme}`, { onlyColours: colorScheme === "dark" });
      await page.screenshot({ path: testInfo.outputPath(`items-${width}-${colorScheme}.png`) });
    }
    const caption = await page.locator("caption span").boundingBox();
    expect((caption?.x ?? 0) + (caption?.width ?? width), "the caption ends within the page").toBeLessThanOrEqual(width - 16);
    const beyond = await page.getByRole("region", { name: /^Items, newest/ }).evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(beyond, `what has to be scrolled to at ${width} px`).toBe(0);
  }

  const buttons = page.getByRole("button", { name: /^Show details/ });
  expect((await buttons.first().boundingBox())?.height, "a thumb finds the button").toBeGreaterThanOrEqual(44);
  await buttons.first().click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("1 of 50 shown");
  await page.keyboard.press("ArrowDown");
  await expect(drawer).toContainText("2 of 50 shown");
  await page.screenshot({ path: testInfo.outputPath("item-details.png") });
  await page.keyboard.press("Escape");
  await expect(drawer).toBeHidden();
  await expect(buttons.nth(1)).toBeFocused();
  await page.setViewportSize({ width: 1280, height: 900 });
  await buttons.last().click();
  await expect(drawer).toContainText("50 of 50 shown");
  await page.keyboard.press("ArrowDown");
  await expect(drawer).toContainText("51 of 60 shown");
  await page.keyboard.press("Escape");
  await expect(buttons.nth(50)).toBeFocused();

  await page.getByText("Compact", { exact: true }).click();
  await expect(page.getByRole("list", { name: "Items, newest change first" }).getByRole("listitem")).toHaveCount(60);
  await page.screenshot({ path: testInfo.outputPath("items-compact.png") });
  await page.getByText("Table", { exact: true }).click();
  await page.getByLabel("Search items").fill("nosuchword");
  await expect(page.getByText(/No item matches “nosuchword” and the source “Quark feed/)).toBeVisible();

  const { channel } = await api.notification.createChannel.mutate({
    kind: "webhook",
    name: "Quark ops",
    address: site.serve("/quark-hook", status(204)),
    timeZone: "UTC",
  });
  const viewId = (await api.view.list.query()).find(({ name }) => name === "Quark view")?.id;
  const rule = await api.notification.createRule.mutate({ event: "new_items", viewId, channelIds: [channel.id] });
  await page.getByRole("button", { name: "Actions for the view Quark view" }).click();
  await page.getByRole("menuitem", { name: "Delete view" }).click();
  await expect(page.getByRole("dialog")).toContainText("Used in 1 notification rule, which tells “Quark ops” of new items: it falls silent.");
  await page.getByRole("dialog").getByRole("button", { name: "Delete view" }).click();
  await expect(page).toHaveURL(/\/items$/);
  await expect(page.getByRole("link", { name: "Quark view" })).toHaveCount(0);
  await api.notification.deleteRule.mutate({ id: rule.id });
  await api.notification.deleteChannel.mutate({ id: channel.id });
});

test("a view that is saved or deleted at last calls nobody back who has left", async ({ page, api, site }) => {
  const { preset, sources } = await makePreset(api, "Muon", [feedSource("Muon feed", site.serve("/muon.xml", feed([{ id: "muon", title: "Muon" }])))]);
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  const filter = { sourceId: sources[0]?.id ?? "" };
  const { id } = await api.view.create.mutate({ name: uniqueName("Old muons"), filter });
  const name = uniqueName("Muons");

  await open(page, `/items?source=${filter.sourceId}`);
  await page.getByRole("button", { name: "Save as view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as view" });
  await dialog.getByLabel("Name").fill(name);
  const saved = await holdAnswer(page, "view.create");
  await dialog.getByRole("button", { name: "Save view" }).click();
  await saved.arrived;
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runs");
  saved.release();
  await expect(page.getByText(`Saved the view “${name}”.`)).toBeVisible();
  await expect(page).toHaveURL("/runs");

  await open(page, `/items?view=${id}`);
  await page.getByRole("button", { name: /^Actions for the view Old muons/ }).click();
  await page.getByRole("menuitem", { name: "Delete view" }).click();
  const removed = await holdAnswer(page, "view.remove");
  await page.getByRole("button", { name: "Delete view" }).click();
  await removed.arrived;
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runs");
  removed.release();
  await expect(page.getByText("The view was deleted. The items stay.")).toBeVisible();
  await expect(page).toHaveURL("/runs");
});
