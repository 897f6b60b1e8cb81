import type { Page } from "@playwright/test";
import { readOpml } from "@/domain/opml";
import { feedSource, makePreset, startRun, uniqueName, waitForEnd } from "./fixtures/api";
import { holdAnswer } from "./fixtures/hold-answer";
import { expectLooks, type Look } from "./fixtures/looks";
import { open, reload } from "./fixtures/open";
import { content, feed, status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

/** The others differ in one of the two only; `pages.spec.ts` goes through all. */
const TWO_LOOKS: Look[] = [
  [1280, "light"],
  [390, "dark"],
];

test("a list with bad lines is imported: each line says what becomes of it, before and after, and comes out again", async ({ page, api, site }, testInfo) => {
  const stored = await api.source.create.mutate(feedSource(uniqueName("Known"), site.url("/known.xml")));
  const [first, second] = [uniqueName("First & best"), uniqueName("Second")];
  await open(page, "/sources");
  await page.getByRole("link", { name: "Import" }).click();
  // As spreadsheets of the West write it.
  const buffer = Buffer.from("url;name\r\nhttps://m.example/;M\u00fcnchen", "latin1");
  await page.locator("input[type=file]").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer });
  await expect(row(page, "https://m.example/")).toContainText("M\u00fcnchen");
  const outlines = [
    `<outline text="Folder"><outline text="${first.replace("&", "&amp;")}" xmlUrl="${site.url("/1.xml")}"/>`,
    `<outline type="rss" title="Lost"/><outline text="Deep"><outline title="${second}" xmlUrl="${site.url("/2.xml")}"/></outline></outline>`,
    `<outline text="Known" xmlUrl="${stored.url}"/>`,
    `<outline text="Broken" xmlUrl="ftp://example.org/feed"/>`,
  ];
  await page.getByLabel("List of sources").fill(`<opml version="2.0"><body>\n${outlines.join("\n")}\n</body></opml>`);
  await expect(page.getByText("2 new, 1 already there, 2 failed.").first()).toBeVisible();
  await expect(row(page, "Lost")).toContainText("3LostNo addressFailedThis feed has no address (xmlUrl).");
  await expect(row(page, "Broken")).toContainText("5");
  await expect(row(page, stored.url)).toContainText(`It is the source “${stored.name}” already.`);
  await page.getByRole("combobox", { name: "Add them to a preset" }).click();
  await page.getByRole("option", { name: "New preset" }).click();
  await page.getByRole("button", { name: "Import 2 sources" }).click();
  await expect(page.getByLabel("Name of the new preset")).toHaveAccessibleDescription(/Give the preset a name/);
  const preset = uniqueName("Imported");
  await page.getByLabel("Name of the new preset").fill(preset);
  await expectLooks(page, testInfo.outputPath("import"), TWO_LOOKS);

  await page.getByRole("button", { name: "Import 2 sources" }).click();
  await expect(page.getByText("2 added, 1 already there, 2 failed.")).toBeVisible();
  await page.getByRole("button", { name: "Failed (2)" }).click();
  await expect(page.getByRole("row")).toHaveCount(3);
  expect((await api.preset.list.query()).find(({ name }) => name === preset)?.sources.map(({ name }) => name)).toEqual([stored.name, first, second]);

  await page.getByRole("link", { name: "Show sources" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export OPML" }).click();
  const exported = await (await download).createReadStream();
  let text = "";
  for await (const chunk of exported) text += String(chunk);
  expect(readOpml(text).map(({ name, url }) => [name, url])).toContainEqual([first, site.url("/1.xml")]);
});

test("a list that is changed while it is being imported stays, with what became of it as it was sent", async ({ page, api, site }, testInfo) => {
  const [sent, typed] = [uniqueName("Sent"), uniqueName("Typed meanwhile")];
  await open(page, "/sources/import");
  const list = page.getByLabel("List of sources");
  await list.fill(`${site.url("/sent.xml")} ${sent}`);
  const answer = await holdAnswer(page, "source.import");
  await page.getByRole("button", { name: "Import 1 source" }).click();
  await answer.arrived;
  await list.fill(`${site.url("/typed.xml")} ${typed}`);
  await expect(row(page, typed)).toBeVisible();
  answer.release();
  await expect(page.getByRole("status").filter({ hasText: "The list is imported" })).toContainText("What you have changed in it since is not imported");
  await expect(row(page, sent)).toContainText("Added");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expectLooks(page, testInfo.outputPath("imported"), TWO_LOOKS);
  expect((await api.source.list.query()).map(({ name }) => name)).not.toContain(typed);
  await page.getByRole("button", { name: "Go on with the changed list" }).click();
  await page.getByRole("button", { name: "Import 1 source" }).click();
  await expect(row(page, typed)).toContainText("Added");
  await page.getByRole("button", { name: "Import another list" }).click();
  await expect(list).toBeEmpty();
});

test("sources that fail are found by their filter, and chosen ones are turned off and back, put into a preset and deleted", async ({
  page,
  api,
  site,
}, testInfo) => {
  const mark = uniqueName("bulk").replace(" ", "-");
  const { preset } = await makePreset(api, "Bulk", [
    feedSource(`${mark} good`, site.serve("/good.xml", feed([{ id: "1", title: "Milk" }]))),
    feedSource(`${mark} bad`, site.serve("/bad.xml", status(404))),
  ]);
  await api.source.create.mutate(feedSource(`${mark} free`, site.url("/free.xml")));
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  await open(page, `/sources?q=${mark}`);
  await expect(row(page, `${mark} bad`)).toContainText("Failing");
  await expect(row(page, `${mark} good`).getByRole("img", { name: "The only collection worked." })).toBeVisible();
  await page.getByRole("link", { name: /^Failing \(\d+\)$/ }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await reload(page);
  await expect(row(page, `${mark} bad`)).toBeVisible();
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page.getByRole("row")).toHaveCount(4);

  await page.getByRole("checkbox", { name: "Select all sources shown" }).check();
  await expectLooks(page, testInfo.outputPath("sources"), TWO_LOOKS);
  await page.getByRole("button", { name: "Turn off" }).click();
  await expect(page.getByText("3 sources turned off.")).toBeVisible();
  await expect(row(page, `${mark} bad`)).toContainText("Off");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("3 sources turned on.")).toBeVisible();

  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("Tested 3: 1 works, 2 do not.");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();

  await page.getByRole("button", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: "Delete 1 source?" });
  await expect(question).toContainText("2 sources stay, because presets hold them:");
  await question.getByRole("button", { name: "Delete for good" }).click();
  await expect(page.getByText("1 source deleted, 2 not deleted.")).toBeVisible();

  const other = await api.preset.create.mutate({ name: uniqueName("Other"), sourceIds: [] });
  await page.getByRole("checkbox", { name: "Select all sources shown" }).check();
  await page.getByRole("button", { name: "Add to preset" }).click();
  await page.getByRole("combobox", { name: "Preset" }).fill(other.name);
  await page.getByRole("option", { name: other.name }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Add to preset" }).click();
  await expect(row(page, `${mark} good`)).toContainText(other.name);
  await page.getByRole("button", { name: "Retry failed" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Run \d+$/);
  await expect(page.getByText("Sources picked by hand, 1 source as they were then")).toBeVisible();
});

test("a test shows the request and what the site sent, as text, and an API's fields are picked from it", async ({ page, site }, testInfo) => {
  const items = [{ id: 1, "full name": "<b>Milk</b>", author: { login: "ada" } }];
  const target = site.serve("/api.json", content("application/json", JSON.stringify({ data: { items }, other: [{ a: 1 }] })));
  const moved = site.serve("/old.json", (_, response) => response.writeHead(302, { location: target }).end());
  await open(page, "/sources/new?kind=json_api");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Milk API");
  await page.getByLabel("Address").fill(moved);
  await page.getByRole("button", { name: "Test source" }).click();
  const result = page.getByRole("region", { name: "Test result" });
  await expect(result).toContainText(`GET ${moved}`);
  await expect(result).toContainText(`1 redirect, to${target}`);
  await result.getByRole("tab", { name: "Raw response" }).click();
  await expect(result.getByRole("region", { name: "Raw response" })).toContainText('"full name":"<b>Milk</b>"');
  await result.getByRole("tab", { name: "Pick fields" }).click();
  await result.getByRole("button", { name: "data.items (1)" }).click();
  await result.getByRole("button", { name: "author.login" }).click();
  await result.getByRole("combobox", { name: "What you pick below becomes" }).click();
  await page.getByRole("option", { name: "Title", exact: true }).click();
  await result.getByRole("button", { name: "`full name`" }).click();
  await expect(page.getByRole("textbox", { name: "Title", exact: true })).toHaveValue("`full name`");
  await expectLooks(page, testInfo.outputPath("test"), TWO_LOOKS);
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(result).toContainText("author_login: all 1");
  await expect(result).toContainText("<b>Milk</b>");
});

function row(page: Page, text: string) {
  return page.getByRole("row").filter({ hasText: text });
}
