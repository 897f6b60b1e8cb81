import type { Page } from "@playwright/test";
import { type Api, feedSource, makePreset, uniqueName } from "./fixtures/api";
import { open, reload } from "./fixtures/open";
import { feed, listing } from "./fixtures/site-replies";
import { nameField } from "./fixtures/source-form";
import { expect, test } from "./fixtures/test";

const SCRIPT = "<script>document.title = 'pwned'</script>";
const POSTS = [
  { id: "a", title: `Cream ${SCRIPT}` },
  { id: "b", title: "Cheese" },
];

test("a source made from a template is tested with the values on the screen, and its items are shown as text", async ({ page, api, site }) => {
  const name = uniqueName("Dairy news");
  const url = site.serve("/dairy.html", listing(POSTS));
  await open(page, "/sources");
  await page.getByRole("link", { name: "New source" }).click();
  await page.getByRole("combobox", { name: "Start from a template" }).click();
  await page.getByRole("option", { name: "List on a web page" }).click();
  await expect(nameField(page)).toHaveValue("Web page");
  await nameField(page).fill(name);
  await page.getByLabel("Address").fill(url);

  await itemSelector(page).fill("li.none");
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(testResult(page)).toContainText("No items matched `li.none`.");
  await testResult(page).getByRole("tab", { name: "Pick fields" }).click();
  await testResult(page).getByRole("button", { name: "article.post (2)" }).click();
  await testResult(page).getByRole("button", { name: "a[href]" }).click();
  await page.getByLabel("Items at most").fill("1");
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(testResult(page)).toContainText("1 item found, and there are more");
  await expect(testResult(page)).toContainText("link: all 1");
  await page.getByLabel("Items at most").fill("50");
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(testResult(page)).toContainText("2 items found");
  await expect(testResult(page).getByRole("link", { name: `Cream ${SCRIPT}` })).toBeVisible();
  await expect(page).not.toHaveTitle("pwned");
  expect(await sourceNames(api), "a test stores nothing").not.toContain(name);

  // As a key that is held does.
  for (let press = 0; press < 3; press++) await page.keyboard.press("Control+s");
  await expect(page).toHaveURL("/sources");
  expect((await sourceNames(api)).filter((each) => each === name)).toHaveLength(1);
  await page.getByLabel("Search by name or host").fill(name);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await expect(itemSelector(page)).toHaveValue("article.post");

  await itemSelector(page).fill("article");
  await nameField(page).fill(`${name}, renamed`);
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name}, renamed`);
  await reload(page);
  await expect(itemSelector(page)).toHaveValue("article");
  await expect(page.getByLabel("Items at most")).toHaveValue("50");
});

test("a source that cannot be saved says why at its fields and stores nothing", async ({ page, api }) => {
  const before = await api.source.list.query();
  await open(page, "/sources/new");
  await page.getByLabel("Address").fill("example.com/feed.xml");
  await page.getByLabel("Largest page").fill("11");
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "3 inputs need a change" })).toBeVisible();
  await expect(page.getByLabel("Address")).toBeFocused();
  await expect(page.getByLabel("Largest page")).toHaveAccessibleDescription(/Enter 1 to 10 megabytes, or leave it empty\./);
  await expect(nameField(page)).toHaveAccessibleDescription("Give the source a name.");
  await expect(page.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Address")).toHaveAccessibleDescription("Enter a full address that starts with http:// or https://.");
  expect(await api.source.list.query()).toEqual(before);
});

test("a source whose site permits it may ignore robots.txt, and the form says so afterwards", async ({ page, api, site }) => {
  const source = await api.source.create.mutate(feedSource(uniqueName("Permitted"), site.serve("/feed.xml", feed([]))));
  await open(page, `/sources/${source.id}`);
  const ignoresRobots = page.getByRole("switch", { name: "Ignore robots.txt" });
  await expect(ignoresRobots).not.toBeChecked();
  await ignoresRobots.click();
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(page.getByText(`Saved “${source.name}”`)).toBeVisible();
  await reload(page);
  await expect(ignoresRobots).toBeChecked();
  expect((await api.source.get.query({ id: source.id })).config).toEqual({ ignoreRobots: true });
});

test("the test of a private address is refused", async ({ page }) => {
  await open(page, "/sources/new");
  await nameField(page).fill("Metadata");
  await page.getByLabel("Address").fill("http://169.254.169.254/latest/meta-data/");
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(testResult(page)).toContainText("Nothing could be collected");
  await expect(testResult(page)).toContainText("private network");
});

test("a header goes with the source's requests, is never shown again, and asks for its value when the address leads elsewhere", async ({ page, api, site }) => {
  const sent: (string | undefined)[] = [];
  const url = site.serve("/private.xml", (request, response) => {
    sent.push(request.headers.authorization);
    feed([{ id: "p", title: "Private" }])(request, response);
  });
  const name = uniqueName("Private feed");
  await open(page, "/sources/new");
  await nameField(page).fill(name);
  await page.getByLabel("Address").fill(url);
  await page.getByRole("button", { name: "Add header" }).click();
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "needs a change" })).toHaveCount(0);
  await expect(page).toHaveURL("/sources");

  await page.getByRole("link", { name }).click();
  await page.getByRole("button", { name: "Add header" }).click();
  await page.getByLabel("Header", { exact: true }).fill("Authorization");
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(headerValue(page)).toBeFocused();
  await expect(headerValue(page)).toHaveAccessibleDescription("Enter the value of the header.");
  await headerValue(page).fill("Bearer first-canary");
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(testResult(page)).toContainText("1 item found");
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(page.getByText("Set, not shown")).toBeVisible();
  await reload(page);
  await expect(page.getByText("Set, not shown")).toBeVisible();
  expect(await page.content()).not.toContain("first-canary");
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(testResult(page)).toContainText("1 item found");
  expect(sent).toEqual(["Bearer first-canary", "Bearer first-canary"]);

  await page.getByLabel("Address").fill(url.replace("127.0.0.1", "127.0.0.2"));
  await expect(page.getByText(`The stored value was entered for http://127.0.0.1:${site.port}.`)).toBeVisible();
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(headerValue(page)).toBeFocused();
  await page.getByLabel("Address").fill(url);
  await page.getByRole("button", { name: "Replace the value of Authorization" }).click();
  await headerValue(page).fill("Bearer second-canary");
  await page.getByRole("button", { name: "Save source" }).click();
  await expect(page.getByText("Set, not shown")).toBeVisible();
  await page.getByRole("button", { name: "Test source" }).click();
  await expect.poll(() => sent.at(-1)).toBe("Bearer second-canary");

  await page.getByRole("button", { name: "Remove Authorization" }).click();
  await page.getByRole("button", { name: "Save source" }).click();
  const sourceOf = async () => (await api.source.list.query()).find((source) => source.name === name);
  await expect.poll(async () => (await sourceOf())?.headers).toEqual([]);
});

test("a preset is made, reordered, copied and renamed, and a source that it uses cannot be deleted", async ({ page, api, site }) => {
  const [first, second] = [uniqueName("First"), uniqueName("Second")];
  const url = site.serve("/feed.xml", feed([]));
  await makePreset(api, "Other", [feedSource(first, url), feedSource(second, url)]);
  const name = uniqueName("Morning");
  await open(page, "/sources?tab=presets");
  await page.getByRole("link", { name: "New preset" }).click();
  await page.getByRole("button", { name: "Save preset" }).click();
  await expect(nameField(page)).toHaveAccessibleDescription("Give the preset a name.");
  await nameField(page).fill(name);
  for (const source of [first, second]) await addSource(page, source);
  await page.getByRole("button", { name: `Move ${second} up` }).click();
  await page.getByRole("button", { name: "Save preset" }).click();
  await expect(page).toHaveURL("/sources?tab=presets");
  const stored = (await api.preset.list.query()).find((preset) => preset.name === name);
  expect(stored?.sources.map((source) => source.name)).toEqual([second, first]);

  await page.getByRole("link", { name }).click();
  await page.getByText("On", { exact: true }).first().click();
  await page.getByRole("button", { name: "Save as copy" }).click();
  await expect(page.getByRole("link", { name: `${name} (copy)` })).toBeVisible();
  const copy = (await api.preset.list.query()).find((preset) => preset.name === `${name} (copy)`);
  expect(copy?.sources.map((source) => [source.name, source.enabledHere])).toEqual([
    [second, false],
    [first, true],
  ]);
  await page.getByRole("link", { name, exact: true }).click();
  await nameField(page).fill(`${name}, late`);
  await page.getByRole("button", { name: "Save preset" }).click();
  await expect(page.getByRole("link", { name: `${name}, late` })).toBeVisible();

  await open(page, `/sources/${stored?.sources[0]?.id}`);
  await page.getByRole("button", { name: "Delete source" }).click();
  const dialog = page.getByRole("dialog", { name: `“${second}” is in use` });
  await expect(dialog).toContainText("Used in 3 presets: ");
  await expect(dialog.getByRole("button", { name: "Delete for good" })).toHaveCount(0);
  await dialog.getByRole("link", { name: `${name}, late` }).click();
  await expect(nameField(page)).toHaveValue(`${name}, late`);
});

test("a source that no preset uses is deleted after a question", async ({ page, api, site }) => {
  const source = await api.source.create.mutate(feedSource(uniqueName("Lonely"), site.serve("/feed.xml", feed([]))));
  await open(page, `/sources/${source.id}`);
  await page.getByRole("button", { name: "Delete source" }).click();
  const dialog = page.getByRole("dialog", { name: `Delete “${source.name}”?` });
  await dialog.getByRole("button", { name: "Delete for good" }).click();
  await expect(page).toHaveURL("/sources");
  await expect(page.getByRole("link", { name: "New source" })).toBeVisible();
  await expect(page.getByRole("link", { name: source.name })).toHaveCount(0);
});

test("a preset that is deleted stays in view until its list is there, and with what was typed where somebody else deletes it", async ({
  page,
  api,
  guard,
  site,
}) => {
  guard.expectAnswer(404, "preset.update");
  const { preset: own, sources } = await makePreset(api, "Own", [feedSource(uniqueName("Kept"), site.serve("/feed.xml", feed([])))]);
  const other = await api.preset.create.mutate({ name: uniqueName("Others"), sourceIds: sources.map(({ id }) => id) });
  const gone = page.getByText("This preset no longer exists.");
  await page.clock.install();
  await open(page, `/sources?tab=presets&preset=${own.id}`);
  let showList = () => {};
  const isListAsked = new Promise<void>((resolve) => {
    showList = resolve;
  });
  const list = (url: URL) => url.pathname === "/sources" && url.searchParams.has("_rsc") && !url.searchParams.has("preset");
  await page.route(list, (route) => void isListAsked.then(() => route.continue()));
  await page.getByRole("button", { name: "Delete preset" }).click();
  const read = page.waitForResponse(/preset\.list/);
  await page.getByRole("button", { name: "Delete for good" }).click();
  await (await read).finished();
  await expect(page.getByText(`Deleted “${own.name}”`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: own.name, exact: true, includeHidden: true })).toHaveCount(1);
  await expect(gone).toHaveCount(0);
  showList();
  await expect(page).toHaveURL("/sources?tab=presets");
  await page.unroute(list);
  await page.goBack();
  await expect(gone, "to whoever comes back to it").toBeVisible();

  await open(page, `/sources?tab=presets&preset=${other.id}`);
  await nameField(page).fill("Typed for long");
  await api.preset.remove.mutate({ id: other.id });
  const readAgain = page.waitForResponse(/preset\.list/);
  await page.clock.fastForward(31_000);
  await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
  await (await readAgain).finished();
  await page.getByRole("button", { name: "Save preset" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The preset was not saved" })).toContainText("This preset no longer exists.");
  await expect(nameField(page)).toHaveValue("Typed for long");
  await page.getByRole("button", { name: "Save as copy" }).click();
  await expect(page.getByRole("link", { name: /^Typed for long/ })).toBeVisible();
});

test("an item's details are text, too", async ({ page, api, site }) => {
  const { preset } = await makePreset(api, "Scripts", [
    feedSource("Script feed", site.serve("/scripts.xml", feed([{ id: "s", title: `Zincarlin ${SCRIPT}` }]))),
  ]);
  await api.run.start.mutate({ requestKey: crypto.randomUUID(), presetId: preset.id });
  await expect.poll(async () => (await api.item.list.query({ text: "Zincarlin" })).items.length).toBe(1);
  const [item] = (await api.item.list.query({ text: "Zincarlin" })).items;
  await open(page, "/items?q=Zincarlin");
  await page.getByRole("button", { name: `Show details of ${item?.title}` }).click();
  await expect(page.getByRole("dialog")).toContainText("Script feed");
  await expect(page).not.toHaveTitle("pwned");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

function headerValue(page: Page) {
  return page.getByRole("group", { name: "Header 1" }).getByLabel("Value", { exact: true });
}

function itemSelector(page: Page) {
  return page.getByRole("textbox", { name: "Item", exact: true });
}

function testResult(page: Page) {
  return page.getByRole("region", { name: "Test result" });
}

async function sourceNames(api: Api): Promise<string[]> {
  return (await api.source.list.query()).map(({ name }) => name);
}

async function addSource(page: Page, name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Sources" }).fill(name);
  await page.getByRole("option", { name }).click();
  await expect(page.getByRole("list", { name: "Order of the sources" })).toContainText(name);
  await page.keyboard.press("Escape");
}
