import type { Locator, Page } from "@playwright/test";
import superjson, { type SuperJSONResult } from "superjson";
import type { RunCounts, RunSummary } from "@/domain/run";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, createApi, feedSource, makePreset, startRun, storeSchedule, uniqueName, waitForEnd } from "./fixtures/api";
import { open, reload } from "./fixtures/open";
import { NOBODY, SIGN_IN } from "./fixtures/sign-in";
import type { Site } from "./fixtures/site";
import { feed } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const MILK = [{ id: "milk", title: "Milk" }];
const ZONE = "Europe/Berlin";
const LOOKS = [
  { colorScheme: "light", width: 1280 },
  { colorScheme: "dark", width: 1280 },
  { colorScheme: "light", width: 390 },
  { colorScheme: "dark", width: 390 },
] as const;

test("the list is narrowed in the address: filters survive reload and Back, stay when nothing matches, and can be cleared", async ({ page, api, site }) => {
  const { preset, numbers } = await makeRuns(api, site, 2);
  const last = numbers[1] ?? 0;
  await open(page, "/runs");
  await page.getByRole("combobox", { name: "Preset" }).click();
  await page.getByRole("option", { name: preset.name }).click();
  await expect(page.getByRole("link", { name: "All 2" })).toHaveAttribute("aria-current", "true");
  await page.getByRole("combobox", { name: "Started by" }).click();
  await page.getByRole("option", { name: "A person" }).click();
  await expect(page).toHaveURL(/by=person/);
  await page.getByRole("link", { name: "Succeeded 2" }).press("Enter");
  await expect(page).toHaveURL(`/runs?status=succeeded&by=person&preset=${preset.id}`);
  await expect(runLinks(page)).toHaveCount(2);

  await reload(page);
  await expect(page.getByRole("link", { name: "Succeeded 2" })).toHaveAttribute("aria-current", "true");
  await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue(preset.name);
  await expect(runLinks(page)).toHaveCount(2);
  await runLink(page, last).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${last}`);
  await page.goBack();
  await expect(page.getByRole("link", { name: "Succeeded 2" })).toHaveAttribute("aria-current", "true");
  await expect(runLinks(page)).toHaveCount(2);

  await page.getByLabel("To", { exact: true }).fill("2020-01-01");
  await expect(page.getByText("No run matches these filters.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Succeeded 0" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue(preset.name);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL("/runs");

  const today = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(new Date());
  await open(page, `/runs?from=${today}&to=${today}`);
  await expect(runLink(page, last)).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /^Today, / })).toBeVisible();
});

test("a filter that is chosen while another is on its way keeps that one, and both show at once", async ({ page, api, site }) => {
  const { preset } = await makeRuns(api, site, 2);
  await open(page, "/runs");
  const letThrough = await holdPages(page, "/runs");
  await page.getByRole("combobox", { name: "Preset" }).click();
  await page.getByRole("option", { name: preset.name }).click();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(1);
  await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue(preset.name);
  const succeeded = page.getByRole("navigation", { name: "Filter runs by status" }).getByRole("link", { name: /^Succeeded/ });
  await succeeded.click();
  await expect(succeeded).toHaveAttribute("aria-current", "true");
  await page.getByRole("combobox", { name: "Started by" }).click();
  await page.getByRole("option", { name: "A person" }).click();
  await expect(page.getByRole("combobox", { name: "Started by" })).toHaveValue("A person");
  await expect(page).toHaveURL("/runs");
  letThrough();
  await expect(page).toHaveURL(`/runs?status=succeeded&by=person&preset=${preset.id}`);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expect(runLinks(page)).toHaveCount(2);
  await page.goBack();
  await expect(page, "the list before the link is still there").toHaveURL("/runs");
});

test("run again from a row's menu starts one run, however often it is clicked", async ({ page, api, site }) => {
  const { preset, numbers } = await makeRuns(api, site, 1);
  const [number = 0] = numbers;
  await open(page, `/runs?preset=${preset.id}`);
  await page.getByRole("button", { name: `Actions of run ${number}` }).click();
  await page.getByRole("menuitem", { name: "Run again" }).dblclick();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${number + 1}`);
  await expect(page.locator("main").getByText("Succeeded", { exact: true })).toBeVisible();
  expect(total(await api.run.counts.query({ presetId: preset.id }))).toBe(2);
});

test("new runs wait above for who reads further down; what was missed, late or strangely empty says so", async ({ page, api, site }, testInfo) => {
  test.setTimeout(120_000);
  const { numbers } = await makeRuns(api, site, 3);
  const last = numbers.at(-1) ?? 0;
  await page.setViewportSize({ width: 1280, height: 420 });
  await page.clock.install();
  await open(page, "/runs");
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await addRuns(page, last);
  await page.clock.fastForward(16_000);
  const notice = page.getByRole("button", { name: "2 new runs" });
  await expect(notice).toBeVisible();
  await expect(runLink(page, last + 2)).toBeHidden();
  await notice.press("Enter");
  await expect(notice).toBeHidden();
  await expect(runLink(page, last + 2)).toBeInViewport();
  await expect(runRow(page, last + 2)).toContainText("Started 5 min late");
  await expect(runRow(page, last + 2)).toContainText("0 new; usually 12");
  await expect(runRow(page, last + 1)).toContainText("Missed");
  await expect(runRow(page, last + 1)).toContainText("3 slots were missed.");
  await expect(runLinks(page).first()).toHaveText(`Run ${last + 2}`);
  expect(new Set(await runLinks(page).allTextContents()).size, "no run shows twice").toBe(await runLinks(page).count());

  await page.getByRole("button", { name: "About New" }).click();
  const help = page.getByText("The mark in the middle of the bar is what a run of this preset usually brings");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await checkLooks(page, (name) => testInfo.outputPath(`runs-${name}.png`));
  // The heads of the columns are gone on a phone: each number says itself what it counts.
  for (const label of ["New", "Changed", "Unchanged"]) {
    await expect(runRow(page, last + 2).getByRole("cell", { name: new RegExp(`^${label} \\d`) })).toBeVisible();
  }
});

test("the timeline's bars are reached by keyboard and lead to their runs; the list has the same as a table", async ({ page, api, site }, testInfo) => {
  const { preset, numbers } = await makeRuns(api, site, 2);
  const [first = 0, last = 0] = numbers;
  await open(page, `/runs?preset=${preset.id}`);
  await page.getByText("Timeline", { exact: true }).click();
  await expect(page).toHaveURL(/view=timeline/);
  const bar = (number: number) => page.getByRole("link", { name: new RegExp(`^Run ${number}, Succeeded, .*, ${preset.name}$`) });
  await bar(last).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(bar(first)).toBeFocused();
  // With a modifier an arrow key is the browser's.
  await page.keyboard.press("Control+ArrowRight");
  await expect(bar(first)).toBeFocused();
  await page.screenshot({ path: testInfo.outputPath("timeline-focus.png") });
  await page.getByText("24 hours", { exact: true }).click();
  await expect(page).toHaveURL(/window=day/);
  await expect(page.getByRole("listitem").filter({ has: bar(last) })).toContainText(/\w{3} \d\d:00/);
  await page.getByText("7 days", { exact: true }).click();
  await expect(page).toHaveURL(/window=week/);
  await checkLooks(page, (name) => testInfo.outputPath(`timeline-${name}.png`));
  await bar(first).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Run ${first}`);
  await page.goBack();
  await page.getByRole("link", { name: "Show the list" }).click();
  await expect(runLinks(page)).toHaveCount(2);
});

test("a viewer finds the ways to runs, items and views, and nothing that changes anything", async ({ page, api, site, browser, baseURL, guard }) => {
  const { preset, numbers } = await makeRuns(api, site, 1);
  const context = await browser.newContext({ storageState: NOBODY });
  await guard.watch(context);
  const viewer = await context.newPage();
  const email = `${uniqueName("viewer").replace(" ", "-")}@example.org`;
  await joinAs(api, email, baseURL);
  await expect
    .poll(async () => (await context.request.post(SIGN_IN, { data: { email, password: PASSWORD }, headers: { origin: baseURL ?? "" } })).status(), {
      timeout: 30_000,
    })
    .toBe(200);
  await open(viewer, `/runs?preset=${preset.id}`);
  await expect(viewer.getByRole("button", { name: /^Run now/ })).toHaveCount(0);
  await viewer.getByRole("button", { name: `Actions of run ${numbers[0]}` }).press("Enter");
  await expect(viewer.getByRole("menuitem")).toHaveText(["Open", "Show items"]);
  await viewer.getByRole("menuitem", { name: "Show items" }).click();
  await expect(viewer).toHaveURL(/\/items\?run=/);
  await expect(viewer.getByRole("rowheader", { name: "Milk" })).toBeVisible();

  // The address of somebody else's view shows the same.
  const view = await api.view.create.mutate({ name: uniqueName("View"), filter: { presetId: preset.id, text: "milk", sourceHealth: "working" } });
  await open(viewer, `/items?view=${view.id}`);
  await expect(viewer.getByText("1 item matches", { exact: true })).toBeVisible();
  await expect(viewer.getByLabel("Search items")).toHaveValue("milk");
  await expect(viewer.getByRole("button", { name: /\bview\b/i })).toHaveCount(0);
  await api.view.remove.mutate({ id: view.id });
  await context.close();
  const { members } = await api.member.list.query();
  const member = members.find((other) => other.email === email);
  if (member) await api.member.remove.mutate({ memberId: member.id });
  await page.close();
});

const PASSWORD = "only here to look";

/** An account with the role viewer. */
async function joinAs(api: Api, email: string, baseURL = ""): Promise<void> {
  const { delivery } = await api.member.invite.mutate({ email, role: "viewer" });
  if (delivery.way !== "link") throw new Error("The link was mailed.");
  const token = new URL(delivery.url).searchParams.get("token") ?? "";
  await createApi(baseURL, "").invitation.accept.mutate({ token, account: { name: "Vera Viewer", password: PASSWORD } });
}

/** So many ended runs of a new preset, by hand. The schedule is off, and its days are Berlin's. */
async function makeRuns(api: Api, site: Site, count: number) {
  const { preset } = await makePreset(api, "List", [feedSource("Milk feed", site.serve("/milk.xml", feed(MILK)))]);
  await storeSchedule(api, { presetId: preset.id, timeZone: ZONE });
  const numbers: number[] = [];
  for (let run = 0; run < count; run++) {
    const { runId, number } = await startRun(api, preset.id);
    await waitForEnd(api, runId);
    numbers.push(number);
  }
  return { preset, numbers };
}

/** Holds the answers back by which a page of this path is drawn anew, until the function that is returned is called. */
async function holdPages(page: Page, path: string): Promise<() => void> {
  let letThrough = () => {};
  const isLetThrough = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route(
    (url) => url.pathname === path && url.searchParams.has("_rsc"),
    async (route) => {
      await isLetThrough;
      await route.continue();
    },
  );
  return letThrough;
}

/** From now on the server's list has two more runs on top: one that was missed, and one that came late and brought nothing. */
async function addRuns(page: Page, last: number): Promise<void> {
  await page.route(/api\/trpc\/[^?]*run\.list/, async (route) => {
    const response = await route.fetch();
    const answers = (await response.json()) as { result: { data: SuperJSONResult } }[];
    await route.fulfill({ response, json: answers.map(({ result }) => ({ result: { data: withNewRuns(result.data, last) } })) });
  });
}

function withNewRuns(data: SuperJSONResult, last: number): SuperJSONResult {
  const page = superjson.deserialize<{ runs?: RunSummary[] }>(data);
  // Not the page's look at which run is going.
  const [newest, ...older] = page.runs ?? [];
  if (!newest || older.length === 0) return data;
  const slotAt = new Date(newest.queuedAt.getTime() + 3_600_000);
  const ended = { trigger: "schedule" as const, startedByName: null, queuedAt: slotAt, slotAt };
  const startedAt = new Date(slotAt.getTime() + 300_000);
  const late = { startedAt, finishedAt: new Date(startedAt.getTime() + 9_000), newCount: 0, usualNewCount: 12, isUnusuallyEmpty: true };
  const missed = { status: "missed" as const, missedCount: 3, spanStartAt: newest.queuedAt, startedAt: null, sourceCount: 0, newCount: 0 };
  const runs = [
    { ...newest, ...ended, ...late, id: crypto.randomUUID(), number: last + 2 },
    { ...newest, ...ended, ...missed, id: crypto.randomUUID(), number: last + 1 },
  ];
  return superjson.serialize({ ...page, runs: [...runs, newest, ...older] });
}

/** Holds the page as it is against the rules, in both colour schemes and on both sizes of screen. */
async function checkLooks(page: Page, fileOf: (name: string) => string): Promise<void> {
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
    await expectAccessible(page, `the runs, ${colorScheme}, ${width} px wide`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px wide`).toBeLessThanOrEqual(width);
    await page.screenshot({ path: fileOf(`${colorScheme}-${width}`), fullPage: true });
  }
}

function runLinks(page: Page): Locator {
  return page.getByRole("rowheader").getByRole("link");
}

function runLink(page: Page, number: number): Locator {
  return page.getByRole("link", { name: `Run ${number}`, exact: true });
}

function runRow(page: Page, number: number): Locator {
  return page.getByRole("row").filter({ has: runLink(page, number) });
}

function total(counts: RunCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
