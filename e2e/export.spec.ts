import fs from "node:fs/promises";
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
  await expect(panel).toContainText("All 60 items that match the current filters, not just this page.");
  const download = page.waitForEvent("download");
  await panel.getByRole("link", { name: "Download file" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^items_\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await fs.readFile(await file.path(), "utf8")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + 60);
  expect(lines.slice(1).every((line) => line.includes('"Cream, ""sour"" '))).toBe(true);

  await panel.getByRole("radio", { name: "JSON Lines" }).check();
  const { token } = await api.apiKey.create.mutate({ name: "Export", scopes: ["read"], expiresInDays: 30 });
  const command = await panel.getByLabel("The same for a program, with an API key that may read").inputValue();
  const [, address = ""] = /"(http[^"]+)"$/.exec(command) ?? [];
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  expect((await answer.text()).trimEnd().split("\n")).toHaveLength(60);
  expect((await programApi(token).item.list.query({ sourceId: sources[0]?.id, limit: 1 })).total).toBe(120);
});
