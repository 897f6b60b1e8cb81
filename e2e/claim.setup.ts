import type { Locator, Page } from "@playwright/test";
import { type OpmlSource, writeOpml } from "@/domain/write-opml";
import { type Api, createApi, feedSource, readCookieHeader, waitForEnd } from "./fixtures/api";
import { open, reload, untilAlive } from "./fixtures/open";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
import { feed, jsonPages } from "./fixtures/site-replies";
import { expect, test as setup } from "./fixtures/test";
import { pickTimeZone } from "./fixtures/time-zone-field";

const PRICES = { kind: "json_api", name: "Prices", config: { itemsExpression: "items" } } as const;

// The claim happens once: each test goes on from what the one before left.
setup.describe.configure({ mode: "serial" });

setup("before the claim every page leads to set-up, which asks for the printed link", async ({ page }) => {
  for (const path of ["/", "/schedule", "/runs", "/sign-in"]) {
    await open(page, path);
    await expect(page, path).toHaveURL("/setup");
  }
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Milkrun is not set up yet");
});

setup("a wrong link is refused with a readable message and sets nothing up", async ({ page, guard }) => {
  guard.expectAnswer(403, "/api/trpc/setup.claim");
  await open(page, "/setup?token=not-the-printed-one");
  await fillSteps(page);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This set-up link is not valid" })).toContainText(
    "Nothing was set up. Use the link that Milkrun printed",
  );
  await open(page, "/sign-in");
  await expect(page).toHaveURL("/setup");
});

setup("each step says at its fields what is missing, and a reload keeps all but the password", async ({ page }) => {
  await open(page, "/setup?token=any");
  await page.getByLabel("Email").fill("ada");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByLabel("Your name")).toBeFocused();
  await expect(page.getByLabel("Your name")).toHaveAccessibleDescription("Enter your name.");
  await expect(page.getByLabel("Email")).toHaveAccessibleDescription("Enter an e-mail address, for instance ada@example.org.");
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/Use at least 10 characters\./);
  await reload(page);
  await expect(page.getByLabel("Email")).toHaveValue("ada");
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("");
});

setup("the printed link makes the owner, and five steps lead to a run that is live, all by keyboard", async ({ page, site, baseURL, sessionFile }) => {
  const working = site.serve("/first.xml", feed([{ id: "first", title: "First light" }]));
  const missing = site.url("/nothing-there.xml");
  await open(page, `/setup?token=${process.env.SETUP_TOKEN}`);
  await fillSteps(page);
  await expect(page.getByRole("checkbox", { name: "Start with the sample preset" })).toBeChecked();
  await pressOn(page, page.getByRole("button", { name: "Create account" }));

  await expect(page).toHaveURL("/start/sources");
  await expect(page.getByText("You have the preset “Samples” to begin with.")).toBeVisible();
  await untilAlive(page);
  await page.getByLabel("Addresses of feeds, one a line").focus();
  const opml = exported(
    feedSource("Morning & more", working),
    feedSource("Nothing there", missing),
    { ...feedSource("Asleep", working), enabled: false },
    { ...feedSource("For members", site.url("/members.xml")), headers: ["Authorization"] },
    { ...PRICES, url: site.serve("/prices.json", jsonPages([[{ id: "1", title: "Butter" }]])) },
  );
  await page.keyboard.insertText(opml);
  await pressOn(page, page.getByRole("button", { name: "Test addresses" }));
  const tested = page.getByRole("list", { name: "Tested addresses" });
  await expect(tested.getByRole("listitem").filter({ hasText: "Morning & more" })).toContainText("1 item found");
  await expect(tested.getByRole("listitem").filter({ hasText: "Nothing there" })).toContainText("Does not work");
  await expect(tested.getByRole("listitem").filter({ hasText: "Prices" })).toContainText("1 item found");
  await expect(tested.getByRole("listitem").filter({ hasText: "For members" })).toContainText("the value of its header Authorization is in no list");
  await reload(page);
  await expect(page.getByLabel("Addresses of feeds, one a line")).toHaveValue(opml);
  await pressOn(page, page.getByRole("button", { name: "Test addresses" }));
  await pressOn(page, page.getByRole("button", { name: "Add 4 sources" }));

  await expect(page).toHaveURL(/\/start\/schedule/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByText("Runs every day at 07:00, Berlin time.")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue("First sources");
  await page.context().storageState({ path: sessionFile });
  const api = createApi(baseURL ?? "", readCookieHeader(sessionFile));
  expect(await api.schedule.get.query(), "nothing is stored before it is turned on").toBeNull();
  await pressOn(page, page.getByRole("button", { name: "Turn on schedule" }));

  await expect(page.getByText("Your schedule is on.")).toBeVisible();
  expect(await api.schedule.get.query()).toMatchObject({ cronExpression: "0 7 * * *", timeZone: ORGANIZATION.timeZone, enabled: true });
  await pressOn(page, page.getByRole("button", { name: "Run now" }));
  await expect(page).toHaveURL(/\/runs\/[\w-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Run 1");
  await expect(page.getByText(ORGANIZATION.name)).toBeVisible();
  await waitForEnd(api, page.url().split("/").at(-1) ?? "");
  await leaveAsBefore(api);
});

/** Presses the control with the keyboard alone; it must be one that the focus reaches. */
async function pressOn(page: Page, control: Locator): Promise<void> {
  await control.focus();
  await expect(control).toBeFocused();
  await page.keyboard.press("Enter");
}

/** The other tests bring their own. */
async function leaveAsBefore(api: Api): Promise<void> {
  const schedule = await api.schedule.get.query();
  if (schedule) await api.schedule.remove.mutate({ version: schedule.version });
  const preset = (await api.preset.list.query()).find(({ name }) => name === "First sources");
  if (!preset) throw new Error("The first sources are in no preset.");
  const added = await api.source.list.query();
  expect(preset.sources.map(({ id }) => added.find((source) => source.id === id))).toMatchObject([
    { name: "Morning & more", enabled: true },
    { name: "Asleep", enabled: false },
    { name: "For members", enabled: false },
    { ...PRICES, enabled: true },
  ]);
  await api.preset.remove.mutate({ id: preset.id });
  for (const { id } of preset.sources) await api.source.remove.mutate({ id });
}

/** As another Milkrun exports it. */
function exported(...sources: (Partial<OpmlSource> & Omit<OpmlSource, "enabled" | "headers">)[]): string {
  const whole = sources.map((source) => ({ enabled: true, headers: [], ...source }));
  return writeOpml("Sources", whole, new Date("2026-11-27T05:00:00Z"));
}

/** Fills in the two steps before the account exists. */
async function fillSteps(page: Page): Promise<void> {
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Organization").fill(ORGANIZATION.name);
  // Proposed is the browser's zone, never the server's.
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue(/Europe\/London/);
  await pickTimeZone(page, "berlin", ORGANIZATION.timeZone);
}
