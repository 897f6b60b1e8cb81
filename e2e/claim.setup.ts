import type { Locator, Page } from "@playwright/test";
import { type Api, createApi, readCookieHeader, waitForEnd } from "./fixtures/api";
import { open, reload, untilAlive } from "./fixtures/open";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
import { feed } from "./fixtures/site-replies";
import { expect, test as setup } from "./fixtures/test";
import { pickTimeZone } from "./fixtures/time-zone-field";

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
  await page.keyboard.insertText(opml({ url: working, title: "Morning & more" }, { url: missing, title: "Nothing there" }));
  await pressOn(page, page.getByRole("button", { name: "Test addresses" }));
  const tested = page.getByRole("list", { name: "Tested addresses" });
  await expect(tested.getByRole("listitem").filter({ hasText: working })).toContainText("1 item found");
  await expect(tested.getByRole("listitem").filter({ hasText: missing })).toContainText("Does not work");
  await reload(page);
  await expect(page.getByLabel("Addresses of feeds, one a line")).toHaveValue(`${working} Morning & more\n${missing} Nothing there`);
  await pressOn(page, page.getByRole("button", { name: "Test addresses" }));
  await pressOn(page, page.getByRole("button", { name: "Add 1 source" }));

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
  expect(preset.sources.map(({ name }) => name)).toEqual(["Morning & more"]);
  await api.preset.remove.mutate({ id: preset.id });
  for (const { id } of preset.sources) await api.source.remove.mutate({ id });
}

/** As feed readers export it. */
function opml(...feeds: { url: string; title: string }[]): string {
  const outlines = feeds.map(({ url, title }) => `<outline type="rss" text="${title.replaceAll("&", "&amp;")}" xmlUrl="${url}"/>`);
  return `<?xml version="1.0"?><opml version="2.0"><body><outline text="Folder">${outlines.join("")}</outline></body></opml>`;
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
