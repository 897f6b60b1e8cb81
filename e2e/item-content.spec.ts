import { hostileTexts } from "@/testing/hostile-texts";
import { expectAccessible } from "./fixtures/accessibility";
import { makePreset, startRun, waitForEnd } from "./fixtures/api";
import { open } from "./fixtures/open";
import { content } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const IMAGES = "https://images.example.org";
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const ARTICLE = `
  <h1>Milk is dear</h1>
  <p>The price of <strong>milk</strong> rose by <em>a tenth</em>, says the <a href="../about?by=us#top" style="color:red">dairy board</a>.</p>
  <img src="${IMAGES}/bottle.png" alt="A bottle of milk" width="600"><img src="${IMAGES}/counts-readers.gif" width="1" height="1">
  <h3>Why</h3>
  <ul><li>Fodder</li><li>Fuel<ol start="3"><li>Diesel</li></ol></li></ul>
  <blockquote><p>It will not get cheaper.</p></blockquote>
  <table><caption>Prices a litre, in euro</caption><tr><th>Town</th>${"<th>Month</th>".repeat(12)}</tr><tr><td>Cork</td>${"<td>1.2345 EUR</td>".repeat(12)}</tr></table>
  <pre><code>price = fodder + fuel</code></pre>
  <p dir="rtl" lang="ar">الحليب غالي</p>`;

test("a text with markup is shown formatted, images only on request and apart, and nothing that is hostile runs or is fetched", async ({
  page,
  api,
  site,
  guard,
}, testInfo) => {
  guard.expectScriptlessFrame("/api/items/images?");
  const elsewhere = "https://elsewhere.example.net";
  const hostile = Object.fromEntries(hostileTexts(elsewhere).map((text, index) => [`sample${String(index).padStart(2, "0")}`, text]));
  const items = [
    { id: "1", title: "Articulate", url: site.url("/posts/2026/1"), body: ARTICLE, published_at: "2026-11-20" },
    { id: "2", title: "Hostile", url: site.url("/posts/2"), ...hostile, published_at: "2026-11-20" },
  ];
  const config = { itemsExpression: "", keyExpression: "", titleExpression: "", linkExpression: "", dateExpression: "", fields: {} };
  const url = site.serve("/articles.json", content("application/json", JSON.stringify({ items })));
  const { preset, sources } = await makePreset(api, "Articles", [
    { kind: "json_api", name: "Articles", url, config: { ...config, pagination: { type: "none" } } },
  ]);
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  const foreign: string[] = [];
  await page.context().route(/^https:\/\/\w+\.example\.(org|net)\//, (route) => {
    foreign.push(route.request().url());
    return route.fulfill({ contentType: "image/png", body: PIXEL });
  });

  await open(page, `/items?source=${sources[0]?.id}`);
  await page.getByRole("button", { name: "Show details of Articulate" }).click();
  const drawer = page.getByRole("dialog");
  const link = drawer.getByRole("link", { name: /^dairy board/ });
  await expect(link).toHaveAttribute("href", site.url("/posts/about?by=us#top"));
  await expect(link).toHaveAttribute("rel", "noopener noreferrer nofollow");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).not.toHaveAttribute("style", /red/);
  await expect(drawer.getByRole("heading", { name: "Milk is dear", level: 3 })).toBeVisible();
  await expect(drawer.getByRole("heading", { name: "Why", level: 4 })).toBeVisible();
  await expect(drawer.getByRole("group", { name: "Prices a litre, in euro" }).getByRole("cell", { name: "Cork" })).toBeVisible();
  await expect(drawer.getByRole("link", { name: /A bottle of milk/ })).toHaveAttribute("href", `${IMAGES}/bottle.png`);
  await expect(drawer).toContainText("1 image is not shown. If you show it, images.example.org learns your internet address and that you read this.");
  for (const [width, colorScheme] of [
    [1280, "light"],
    [390, "light"],
    [390, "dark"],
    [1280, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page, `a formatted text at ${width} px, ${colorScheme}`);
    await page.screenshot({ path: testInfo.outputPath(`content-${width}-${colorScheme}.png`) });
  }
  expect(foreign, "fetched before anybody asked").toEqual([]);

  await drawer.getByRole("button", { name: "Show images" }).click();
  const frame = page.frameLocator("iframe[title='Images of this text']");
  await expect(frame.getByRole("img", { name: "A bottle of milk" })).toHaveJSProperty("naturalWidth", 1);
  expect(foreign).toEqual([`${IMAGES}/bottle.png`]);
  await frame.locator("body").scrollIntoViewIfNeeded();
  await page.screenshot({ path: testInfo.outputPath("content-images.png") });

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Show details of Hostile" }).click();
  await expect(drawer.getByText("before", { exact: true })).toHaveCount(Object.keys(hostile).length);
  const found = await drawer
    .locator("dd [class*=content]")
    .evaluateAll((texts) =>
      texts
        .flatMap((text) => [...text.querySelectorAll("*")])
        .flatMap((element) => [element.localName, ...element.getAttributeNames().map((name) => `@${name}`)]),
    );
  const allowed =
    /^(a|b|blockquote|br|div|p|img|table|tbody|tr|td|section|span|svg|path|g|@(href|target|rel|class|style|role|aria-\w+|tabindex|data-\S+|xmlns|viewBox|width|height|fill|stroke\S*|d))$/;
  expect([...new Set(found)].filter((name) => !allowed.test(name))).toEqual([]);
  const addresses = await drawer.locator("dd a").evaluateAll((links) => links.map((each) => (each as HTMLAnchorElement).protocol));
  expect([...new Set(addresses)].filter((protocol) => !["http:", "https:"].includes(protocol))).toEqual([]);
  await page.screenshot({ path: testInfo.outputPath("content-hostile.png") });
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(foreign).toEqual([`${IMAGES}/bottle.png`]);
  await expect(page).toHaveURL(/\/items\?source=/);
});
