import { feedSource, makePreset, startRun, waitForEnd } from "./fixtures/api";
import { open } from "./fixtures/open";
import { content, empty, endless, feed, hangUp, jsonPages, listing, redirect, status, truncatedGzip } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const ENTRIES = [
  { id: "1", title: "Butter" },
  { id: "2", title: "Cream" },
];
const WEB_PAGE = content("text/html; charset=utf-8", "<!doctype html><html><head><title>Hello</title></head><body><p>Not a feed.</p></body></html>");
/** Refused before any connection is made. */
const PRIVATE_ADDRESS = "http://10.0.0.1/feed.xml";
/** Allowed is 127.0.0.1 alone, where the tests serve their sources. */
const PRIVATE_LOOPBACK = "http://127.0.0.2/feed.xml";

test("sources that misbehave fail alone, each with a readable reason, while the others finish", async ({ page, api, site }) => {
  const bad = [
    { name: "Missing", url: site.serve("/missing.xml", status(404)), reason: "404 Not found. The site has no page at this address." },
    { name: "Broken", url: site.serve("/broken.xml", status(500)), reason: "500 Internal server error. The site has a problem of its own." },
    { name: "Web page", url: site.serve("/page.html", WEB_PAGE), reason: "This is a web page, not a feed." },
    { name: "Cut off", url: site.serve("/cut.xml", truncatedGzip(ENTRIES)), reason: "The site's compressed answer is cut off." },
    { name: "Huge", url: site.serve("/huge.xml", endless(30)), reason: "The answer is larger than 10 MB." },
    { name: "Empty", url: site.serve("/empty.xml", empty), reason: "The page is empty." },
    { name: "Silent", url: site.serve("/silent.xml", hangUp), reason: "The site closed the connection before its answer was complete." },
    { name: "Private", url: PRIVATE_ADDRESS, reason: "it points into a private network" },
    { name: "Detour", url: site.serve("/detour.xml", redirect(PRIVATE_LOOPBACK)), reason: "it points into a private network" },
  ];
  const { preset } = await makePreset(api, "Partial", [
    ...bad.map(({ name, url }) => feedSource(`${name} source`, url)),
    feedSource("Good feed", site.serve("/good.xml", feed(ENTRIES))),
    {
      kind: "json_api",
      name: "Good API",
      url: site.serve("/good.json", jsonPages([ENTRIES, [{ id: "3", title: "Yoghurt" }]])),
      config: {
        itemsExpression: "items",
        keyExpression: "id",
        titleExpression: "title",
        linkExpression: "",
        dateExpression: "",
        fields: {},
        pagination: { type: "page_number", parameter: "page", firstPage: 1, maxPages: 10 },
      },
    },
    {
      kind: "html_page",
      name: "Good page",
      url: site.serve("/good.html", listing(ENTRIES)),
      config: {
        itemsFrom: "selectors",
        itemTypes: [],
        itemSelector: "article.post",
        titleSelector: "h2",
        linkSelector: "a",
        dateSelector: "",
        keySelector: "",
        fields: {},
      },
    },
  ]);
  const { runId, number } = await startRun(api, preset.id);
  const run = await waitForEnd(api, runId, 60_000);
  expect(run).toMatchObject({ status: "partial", failedSourceCount: bad.length, newCount: 7 });

  await open(page, "/runs?status=partial");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: `Run ${number}`, exact: true }) });
  await expect(row).toContainText("Partial");
  await expect(row).toContainText("9 failed");
  await row.getByRole("link", { name: `Run ${number}`, exact: true }).click();

  const sources = page.getByRole("region", { name: "Sources of this run" });
  for (const { name, reason } of bad) {
    const source = sources.getByRole("row").filter({ hasText: `${name} source` });
    await expect(source, name).toContainText(reason);
    await expect(source, name).toContainText("Failed");
  }
  for (const [name, count] of Object.entries({ "Good feed": 2, "Good API": 3, "Good page": 2 })) {
    const source = sources.getByRole("row").filter({ hasText: name });
    await expect(source.getByText("Done"), name).toBeVisible();
    await expect(source.getByRole("cell").nth(3), `new items of ${name}`).toHaveText(String(count));
  }
  await open(page, "/sources?show=failing");
  await expect(page.getByRole("row").filter({ hasText: "Huge source" })).toContainText("The answer is larger than 10 MB.");
});
