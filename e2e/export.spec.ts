import fs from "node:fs/promises";
import { expectAccessible } from "./fixtures/accessibility";
import { feedSource, makePreset, startRun, waitForEnd } from "./fixtures/api";
import { open } from "./fixtures/open";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

test("an export holds exactly the items that the filters leave, over all pages, as the panel says", async ({ page, api, site, programApi }) => {
  const entries = Array.from({ length: 120 }, (_, index) => ({ id: `export-${index}`, title: index % 2 === 0 ? `Cream, "sour" ${index}` : `=Whey ${index}` }));
  const { preset, sources } = await makePreset(api, "Export", [feedSource("Export feed", site.serve("/export.xml", feed(entries)))]);
  const { runId } = await startRun(api, preset.id);
  await waitForEnd(api, runId);

  await open(page, `/items?source=${sources[0]?.id}&q=cream`);
  await expect(page.getByText("60 items match", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Export items" }).click();
  const panel = page.getByRole("dialog", { name: "Export items" });
  await expect(panel).toContainText("Export 60 items that match the current filters (not just this page).");
  const download = page.waitForEvent("download");
  await panel.getByRole("link", { name: "Download file" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^items_\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await fs.readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + 60);
  expect(lines.slice(1).every((line) => line.includes('"Cream, ""sour"" '))).toBe(true);

  await panel.getByRole("radio", { name: "JSON Lines" }).check();
  await panel.getByRole("radio", { name: "Choose columns" }).check();
  await panel.getByRole("checkbox", { name: "url", exact: true }).uncheck();
  const { token } = await api.apiKey.create.mutate({ name: "Export", scopes: ["read"], expiresInDays: 30 });
  const command = await panel.getByLabel("Copy API request: the same for a program, with an API key that may read").inputValue();
  const [, address = ""] = /'(http[^']+)'$/.exec(command) ?? [];
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  const items = (await answer.text()).trimEnd().split("\n");
  expect(items).toHaveLength(60);
  expect(Object.keys(JSON.parse(items[0] ?? ""))).toEqual(expect.arrayContaining(["id", "title", "fields"]));
  expect(JSON.parse(items[0] ?? "")).not.toHaveProperty("url");
  expect((await programApi(token).item.list.query({ sourceId: sources[0]?.id, limit: 1 })).total).toBe(120);
});

test("a file that was prepared is fetched in the panel, links are made and revoked there, and it is accessible in every look", async ({ page, api, site }) => {
  const entries = Array.from({ length: 30 }, (_, index) => ({ id: `prepared-${index}`, title: `Curd ${index}` }));
  const { preset, sources } = await makePreset(api, "Prepared", [feedSource("Prepared feed", site.serve("/prepared.xml", feed(entries)))]);
  await waitForEnd(api, (await startRun(api, preset.id)).runId);
  const { id } = await api.export.start.mutate({ format: "xlsx", source: sources[0]?.id });

  await open(page, `/items?source=${sources[0]?.id}`);
  await page.getByRole("button", { name: "Export items" }).click();
  const panel = page.getByRole("dialog", { name: "Export items" });
  const prepared = panel.getByRole("region", { name: "Prepared files" }).getByRole("listitem").first();
  await expect(prepared).toContainText("Ready");
  await expect(prepared).toContainText("30 items");
  const download = page.waitForEvent("download");
  await prepared.getByRole("link", { name: /^Download items_/ }).click();
  const file = await fs.readFile(await (await download).path());
  expect(file.subarray(0, 2).toString()).toBe("PK");
  const head = (await page.request.head(`/api/items/exports/${id}`)).headers();
  expect([head["content-length"], head["accept-ranges"]]).toEqual([String(file.length), "bytes"]);

  await panel.getByRole("radio", { name: "Choose columns" }).check();
  await panel.getByRole("button", { name: "Make Atom feed" }).click();
  const url = await panel.getByLabel(/^Link to a feed of items/).inputValue();
  const feedText = await (await fetch(url)).text();
  expect(feedText.match(/<entry>/g)).toHaveLength(30);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page, `the export panel, ${colorScheme}, ${width} px wide`);
      await page.screenshot({ path: test.info().outputPath(`panel-${colorScheme}-${width}.png`) });
    }
  }
  await panel.getByRole("button", { name: "Revoke the link to a feed of items" }).first().click();
  await expect.poll(async () => (await fetch(url)).status).toBe(404);
  await prepared.getByRole("button", { name: /^Delete items_/ }).click();
  await expect.poll(async () => (await api.export.list.query()).some((each) => each.id === id)).toBe(false);
});
