import type { Page } from "@playwright/test";
import { uniqueName } from "./fixtures/api";
import { EVERY_LOOK, expectLooks } from "./fixtures/looks";
import { open, reload } from "./fixtures/open";
import { content, feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const PAGE = `<!doctype html><html><head><title>Dairy</title>
  <link rel="alternate" type="application/rss+xml" title="Dairy news" href="/news.xml">
  <script type="application/ld+json">[{"@type":"Product","name":"Milk","sku":"m"},{"@type":"Product","name":"Cheese","sku":"c"}]</script>
  </head><body><nav><a href="/">Home</a> <a href="/shop">Shop</a></nav><main>
  ${["Milk of today", "Cheese of this week", "Butter with salt"].map(article).join("")}</main></body></html>`;

function article(title: string, index: number): string {
  return `<article><a href="/by/ada">Ada</a><h2><a href="/${index}">${title}</a></h2><b class="price">${index},99 €</b></article>`;
}
const LIST = "Web page with 3 items: “Milk of today”, “Cheese of this week”";

test("an address is checked, and one click takes what is found there: a feed, the list of a page, what it states, a table, a sitemap", async ({
  page,
  api,
  site,
}, testInfo) => {
  const address = site.serve("/", content("text/html; charset=utf-8", PAGE));
  site.serve("/news.xml", feed([{ id: "a", title: "Cream" }]));
  const table = site.serve("/prices.csv", content("text/csv", "sku;name;price\nm;Milk;0,99\nc;Cheese;4,50\n"));
  const sitemap = site.serve(
    "/sitemap.xml",
    content("application/xml", `<sitemapindex><sitemap><loc>${site.url("/pages.txt")}</loc></sitemap></sitemapindex>`),
  );
  site.serve("/pages.txt", content("text/plain", [1, 2, 3].map((number) => site.url(`/blog/${number}`)).join("\n")));
  await open(page, "/sources/new");

  await check(page, "https://github.com/nodejs/node", false);
  await expect(choices(page)).toContainText(["Releases on GitHub", "Tags on GitHub", "Commits on GitHub"]);
  await check(page, address);
  await expect(choices(page)).toContainText(["Feed: Dairy news", LIST, "What the page states: 2 things"]);
  await expectLooks(page, testInfo.outputPath("choices"), EVERY_LOOK);

  await use(page, "Feed: Dairy news");
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveValue("Dairy news");
  await expectItems(page, "1 item found");

  await check(page, address);
  await use(page, LIST);
  await expect(page.getByRole("textbox", { name: "Item", exact: true })).toHaveValue("article");
  await expectItems(page, "3 items found");
  await expect(page.getByRole("region", { name: "Test result" })).toContainText("2,99 €");

  await check(page, address);
  await use(page, "What the page states: 2 things");
  await expectItems(page, "2 items found");

  await check(page, sitemap);
  await use(page, "Index of 1 sitemap");
  await page.getByLabel("Only addresses that contain").fill("/blog/");
  await expectItems(page, "3 items found");

  await check(page, table);
  await use(page, "Table with 2 rows of 3 columns");
  await page.getByLabel("Key columns").fill("sku, name");
  await expectItems(page, "2 items found");
  await expectLooks(page, testInfo.outputPath("table"), [[390, "dark"]]);
  const name = uniqueName("Prices");
  await page.getByRole("textbox", { name: "Name", exact: true }).first().fill(name);
  await page.getByRole("button", { name: "Save source" }).click();
  await page.getByLabel("Search by name or host").fill(name);
  await page.getByRole("link", { name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await reload(page);
  await expect(page.getByLabel("Key columns")).toHaveValue("sku, name");
  expect((await api.source.list.query()).find((source) => source.name === name)).toMatchObject({ kind: "csv", config: { keyColumns: ["sku", "name"] } });
});

async function check(page: Page, address: string, press = true): Promise<void> {
  await page.getByRole("textbox", { name: "Address", exact: true }).fill(address);
  if (press) await page.getByRole("button", { name: "Check", exact: true }).click();
}

function choices(page: Page) {
  return page.getByRole("list", { name: "What can be collected" }).getByRole("listitem");
}

async function use(page: Page, label: string): Promise<void> {
  await page.getByRole("button", { name: `Use ${label}`, exact: true }).click();
  await expect(page.getByText(`Filled in from “${label}”.`)).toBeVisible();
  await expect(choices(page)).toHaveCount(0);
}

async function expectItems(page: Page, words: string): Promise<void> {
  await page.getByRole("button", { name: "Test source" }).click();
  await expect(page.getByRole("region", { name: "Test result" })).toContainText(words);
}
