import type { Page } from "@playwright/test";
import { feedSource, makePreset, uniqueName } from "./fixtures/api";
import { answer } from "./fixtures/browser-questions";
import { holdAnswer } from "./fixtures/hold-answer";
import { open } from "./fixtures/open";
import { feed } from "./fixtures/site-replies";
import { nameField } from "./fixtures/source-form";
import { expect, test } from "./fixtures/test";

test("nobody replaces unseen what somebody else has saved in a source or a preset since its form was opened", async ({ page, api, site, guard }) => {
  guard.expectAnswer(409, ".update");
  const url = site.serve("/feed.xml", feed([]));
  const { preset, sources } = await makePreset(api, "Shared", [feedSource(uniqueName("Shared"), url)]);
  const other = await api.source.create.mutate(feedSource(uniqueName("Added meanwhile"), url));
  const [source] = sources;
  const [renamed, renamedAgain] = [uniqueName("Renamed by somebody else"), uniqueName("Renamed once more")];
  const stored = () => api.source.get.query({ id: source?.id ?? "" });

  await open(page, `/sources/${source?.id}`);
  await page.getByLabel("Items at most").fill("7");
  await api.source.update.mutate({ id: source?.id ?? "", definition: feedSource(renamed, url), enabled: true });
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(overtaken(page, "source")).toBeVisible();
  expect(await stored()).toMatchObject({ name: renamed, config: {} });
  const keepMine = overtaken(page, "source").getByRole("button", { name: "Keep mine" });
  await api.source.update.mutate({ id: source?.id ?? "", definition: feedSource(renamedAgain, url), enabled: true });
  const refused = page.waitForResponse(/source\.update/);
  await keepMine.click();
  await refused;
  expect(await stored(), "nobody chose against what came after the question").toMatchObject({ name: renamedAgain, config: {} });
  await keepMine.click();
  await expect(page.getByText(`Saved “${source?.name}”`)).toBeVisible();
  expect(await stored()).toMatchObject({ name: source?.name, config: { limits: { items: 7 } } });

  await open(page, `/sources?tab=presets&preset=${preset.id}`);
  await page.getByRole("switch", { name: `Collect ${source?.name} in this preset` }).press("Space");
  await api.preset.addSources.mutate({ id: preset.id, sourceIds: [other.id] });
  await page.getByRole("button", { name: "Save preset" }).click();
  await overtaken(page, "preset").getByRole("button", { name: "Take theirs" }).click();
  await expect(page.getByRole("list", { name: "Order of the sources" })).toContainText(other.name);
  await expect(page.getByRole("switch", { name: `Collect ${source?.name} in this preset` })).toBeChecked();
  await page.getByRole("switch", { name: `Collect ${other.name} in this preset` }).press("Space");
  await page.getByRole("button", { name: "Save preset" }).click();
  await expect(page).toHaveURL("/sources?tab=presets");
  expect((await api.preset.list.query()).find(({ id }) => id === preset.id)?.sources).toMatchObject([{ enabledHere: true }, { enabledHere: false }]);
});

test("Back asks before it leaves what was typed in a source or a preset, and is one page again once it is stored", async ({ page, api, site }) => {
  const { preset } = await makePreset(api, "Typed", [feedSource(uniqueName("Typed"), site.serve("/feed.xml", feed([])))]);
  const questions = answer(page, "dismiss");
  await open(page, "/items");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Sources" }).click();
  await page.getByRole("link", { name: "New source" }).click();
  await nameField(page).fill("Typed for long");
  await pressBack(page);
  await questions.expect("confirm");
  await expect(nameField(page)).toHaveValue("Typed for long");
  await nameField(page).fill(uniqueName("Typed for long"));
  await page.getByLabel("Address").fill(site.url("/feed.xml"));
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(page).toHaveURL("/sources");
  await page.getByRole("tab", { name: "Presets" }).click();
  await page.getByRole("link", { name: preset.name }).click();
  await nameField(page).fill(uniqueName("Typed anew"));
  await pressBack(page);
  await questions.expect("confirm");
  await expect(page).toHaveURL(`/sources?tab=presets&preset=${preset.id}`);
  questions.reply = "accept";
  await pressBack(page);
  await questions.expect("confirm");
  await expect(page).toHaveURL("/sources?tab=presets");
  await expect(page.getByRole("link", { name: preset.name })).toBeVisible();
  await pressBack(page);
  await expect(page, "one press is one page").toHaveURL("/sources");
  await pressBack(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("New source");
  await pressBack(page);
  await expect(page).toHaveURL("/sources");
  await pressBack(page);
  await expect(page).toHaveURL("/items");
  await questions.expect();
});

test("whoever leaves a form before its save fails is told so", async ({ page, api, guard, site }) => {
  guard.expectAnswer(404, ".update");
  const url = site.serve("/feed.xml", feed([]));
  const source = await api.source.create.mutate(feedSource(uniqueName("Left"), url));
  const { preset } = await makePreset(api, "Left", []);
  const leaveSaving = async (path: string, name: string, what: "source" | "preset") => {
    await open(page, path);
    await nameField(page).fill(name);
    await api[what].remove.mutate({ id: what === "source" ? source.id : preset.id });
    const held = await holdAnswer(page, `${what}.update`);
    await page.getByRole("button", { name: `Save ${what}` }).click();
    await held.arrived;
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Items" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Items");
    held.release();
    await expect(page.getByRole("alert").filter({ hasText: `“${name}” was not saved` })).toContainText(`This ${what} no longer exists.`);
  };
  await leaveSaving(`/sources/${source.id}`, "Typed for a source", "source");
  await leaveSaving(`/sources?tab=presets&preset=${preset.id}`, "Typed for a preset", "preset");
});

test("the focus stays near what was used by keyboard, also where that is gone", async ({ page, api, site }) => {
  const url = site.serve("/feed.xml", feed([]));
  const { preset, sources } = await makePreset(api, "Focused", [feedSource(uniqueName("First"), url), feedSource(uniqueName("Second"), url)]);
  const [first = "", second = ""] = sources.map(({ name }) => name);
  const button = (name: string) => page.getByRole("button", { name });
  await open(page, `/sources?tab=presets&preset=${preset.id}`);
  await button(`Move ${second} up`).press("Enter");
  await expect(page.getByRole("list", { name: "Order of the sources" })).toContainText(new RegExp(`1\\. ${second}.*2\\. ${first}`));
  await expect(button(`Move ${second} up`)).toBeFocused();
  await button(`Remove ${second}`).press("Enter");
  await expect(button(`Remove ${first}`)).toBeFocused();

  answer(page, "accept");
  await open(page, `/sources?q=${first}`);
  await page.getByRole("checkbox", { name: `Select ${first}` }).press("Space");
  await button("Clear selection").press("Enter");
  await expect(page.getByRole("checkbox", { name: "Select all sources shown" })).toBeFocused();
  await open(page, "/items?q=zincarlin-none");
  await page.getByRole("search").getByRole("link", { name: "Clear filters" }).press("Enter");
  await expect(page).toHaveURL("/items");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

function overtaken(page: Page, what: string) {
  return page.getByRole("alert").filter({ hasText: `This ${what} has changed since you opened it` });
}

/** A question of the browser holds `goBack` up. */
async function pressBack(page: Page): Promise<void> {
  await page.evaluate(() => window.history.back());
}
