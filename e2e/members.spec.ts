import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { createApi, storeSchedule, uniqueName } from "./fixtures/api";
import { holdAnswer } from "./fixtures/hold-answer";
import { open, reload } from "./fixtures/open";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
import { NOBODY, SIGN_IN, signIn } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";
import { pickTimeZone } from "./fixtures/time-zone-field";

const MEMBERS = "/settings/members";
const GRACE = { name: "Grace Example", password: "rear admiral hopper" } as const;
/** What "within a second" may take on a busy machine, the notice of it included. */
const SESSION_ENDS_MS = 1_000;

test("somebody is invited, joins in a browser of their own, is made viewer and is removed", async ({
  page,
  api: ownersApi,
  browser,
  baseURL,
  guard,
}, testInfo) => {
  test.setTimeout(120_000);
  await storeSchedule(ownersApi, {});
  const email = `${uniqueName("grace").replace(" ", "-")}@example.org`;
  const theirs = await browser.newContext({ storageState: NOBODY });
  await guard.watch(theirs);
  const theirPage = await theirs.newPage();
  // What they ask for after their session has ended.
  for (const status of [401, 403]) guard.expectAnswer(status, "/api/trpc/");
  guard.expectAnswer(429, SIGN_IN);

  await test.step("the owner invites", async () => {
    await open(page, MEMBERS);
    const link = await invite(page, email, "Editor");
    await page.screenshot({ path: testInfo.outputPath("link.png") });
    await page.getByRole("button", { name: "Done" }).click();
    await expect(rowOf(page, email)).toContainText(/in (2 d|1 d 23 h)/);
    await open(theirPage, link);
  });

  await test.step("the invited makes an account and is in", async () => {
    await expect(theirPage.getByRole("heading", { level: 1 })).toHaveText(`Join ${ORGANIZATION.name}`);
    await theirPage.getByRole("button", { name: "Create account and join" }).click();
    await expect(theirPage.getByLabel("Your name")).toBeFocused();
    await theirPage.getByLabel("Your name").fill(GRACE.name);
    await theirPage.getByLabel("Password", { exact: true }).fill(GRACE.password);
    const link = theirPage.url();
    await theirPage.getByRole("button", { name: "Create account and join" }).click();
    await expect(theirPage).toHaveURL("/schedule");
    await expect(theirPage.getByText(ORGANIZATION.name)).toBeVisible();
    await open(theirPage, link);
    await expect(theirPage.getByRole("heading", { level: 1 })).toHaveText("This invitation does not work");
  });

  await test.step("the owner makes them viewer, and they have no controls any more", async () => {
    await reload(page);
    await expect(rowOf(page, email)).toContainText("Editor");
    await chooseInMenu(page, GRACE.name, "Change role…");
    await page.getByRole("radio", { name: "Viewer" }).check();
    await page.screenshot({ path: testInfo.outputPath("role.png") });
    await page.getByRole("button", { name: "Change role" }).click();
    await expect(rowOf(page, email)).toContainText("Viewer");
    await open(theirPage, MEMBERS);
    await expect(theirPage.getByText("You can view this. Owners and admins can change it.")).toBeVisible();
    await expect(rowOf(theirPage, OWNER.email)).toContainText("Owner");
    await expect(theirPage.getByRole("button", { name: /^(Invite|Actions|Rename)/ })).toHaveCount(0);
    const api = await apiOf(theirs, baseURL);
    await expect(api.member.invite.mutate({ email: "eve@example.org", role: "viewer" })).rejects.toThrow("Your role, viewer, does not allow this.");
    await open(theirPage, "/schedule");
    await expect(theirPage.getByText("You can view this. Owners, admins and editors can change it.")).toBeVisible();
    await expect(theirPage.getByRole("region", { name: "Next runs" }).getByRole("table")).toBeVisible();
    // The preview may be asked for another date, and the history for other numbers.
    const changing = theirPage.locator("main :is(input, select, textarea):not(:is([aria-labelledby=next-title], [aria-labelledby=history-title]) *)");
    await expect(changing).toHaveCount(0);
    await expect(api.schedule.update.mutate({ enabled: false })).rejects.toThrow("Your role, viewer, does not allow this.");
    await theirPage.screenshot({ path: testInfo.outputPath("viewers-schedule.png"), fullPage: true });
    await open(theirPage, MEMBERS);
  });

  await test.step("the owner removes them, and within a second they are out", async () => {
    const api = await apiOf(theirs, baseURL);
    await api.member.me.query();
    await chooseInMenu(page, GRACE.name, "Remove…");
    const removal = page.waitForResponse("**/api/trpc/member.remove*");
    await page.getByRole("button", { name: "Remove member" }).click();
    await removal;
    await expect(api.member.me.query(), "the next request").rejects.toThrow("You are signed out.");
    await expect(rowOf(page, email)).toHaveCount(0, { timeout: SESSION_ENDS_MS + 4_000 });
    await reload(theirPage);
    await expect(theirPage).toHaveURL(`/sign-in?next=${encodeURIComponent(MEMBERS)}`);
  });

  await test.step("their account is left, and says that it belongs nowhere", async () => {
    await signIn(theirPage, email, GRACE.password);
    await expect(theirPage.getByRole("heading", { level: 1 })).toHaveText("You belong to no organization");
    await theirPage.screenshot({ path: testInfo.outputPath("no-organization.png") });
    await open(theirPage, "/runs");
    await expect(theirPage.getByRole("heading", { level: 1 })).toHaveText("You belong to no organization");
    await theirPage.getByRole("button", { name: "Sign out" }).click();
    await expect(theirPage).toHaveURL("/sign-in");
  });
  await theirs.close();
});

test("an invitation can be renewed and revoked, and its old links stop working", async ({ page, browser }) => {
  const email = `${uniqueName("linus").replace(" ", "-")}@example.org`;
  await open(page, MEMBERS);
  const first = await invite(page, email, "Viewer");
  await page.getByRole("button", { name: "Done" }).click();
  await chooseInMenu(page, email, "Renew with a new link");
  const second = await page.getByLabel("Invitation link").inputValue();
  await page.getByRole("button", { name: "Done" }).click();

  const theirs = await (await browser.newContext({ storageState: NOBODY })).newPage();
  await open(theirs, first);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("This invitation does not work");
  await open(theirs, second);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText(`Join ${ORGANIZATION.name}`);
  await chooseInMenu(page, email, "Revoke invitation");
  await expect(rowOf(page, email)).toHaveCount(0);
  await reload(theirs);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("This invitation does not work");
  await theirs.context().close();
});

test("whoever closes the dialog while an invitation is made still sees its link, which is made once", async ({ page }) => {
  const email = `${uniqueName("grace").replace(" ", "-")}@example.org`;
  await open(page, MEMBERS);
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByLabel("Email").fill(email);
  const answer = await holdAnswer(page, "member.invite");
  await page.getByRole("button", { name: "Invite", exact: true }).dblclick();
  await answer.arrived;
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  answer.release();
  await expect(page.getByLabel("Invitation link")).toHaveValue(/\/invitation/);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Invite a person" }).click();
  await expect(page.getByLabel("Email")).toBeEmpty();
  await page.keyboard.press("Escape");
  await chooseInMenu(page, email, "Revoke invitation");
  await expect(rowOf(page, email)).toHaveCount(0);
});

test("what the server refuses is said where it was asked", async ({ page, guard }) => {
  guard.expectAnswer(400, "member.invite");
  guard.expectAnswer(409, "member.leave");
  await open(page, MEMBERS);
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByLabel("Email")).toHaveAccessibleDescription(new RegExp(`${OWNER.name} is a member already`));
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Leave organization" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave organization" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "is the only owner" })).toContainText("Make someone else owner first.");
});

test("changing one's own role takes the organization's name", async ({ page }) => {
  await open(page, MEMBERS);
  await chooseInMenu(page, OWNER.name, "Change role…");
  await page.getByRole("radio", { name: "Admin" }).check();
  const change = page.getByRole("button", { name: "Change role" });
  await expect(change).toBeDisabled();
  await page.getByLabel(`Type “${ORGANIZATION.name}” to confirm`).fill(ORGANIZATION.name);
  await expect(change).toBeEnabled();
  await page.getByRole("button", { name: "Cancel" }).click();
});

test.describe("with several organizations", () => {
  test.afterEach(async ({ api }) => {
    // The other tests share this session.
    const home = (await api.organization.list.query()).find(({ name }) => name === ORGANIZATION.name);
    await api.organization.switch.mutate({ organizationId: home?.id ?? "" });
  });

  test("an owner makes another one and goes from one to the other by keyboard, and an old tab changes nothing", async ({ page, context, guard }, testInfo) => {
    guard.expectAnswer(403, "/api/trpc/");
    const name = uniqueName("Second Dairy");
    const oldTab = await context.newPage();
    await open(oldTab, MEMBERS);

    await open(page, "/schedule");
    await openSwitcher(page, ORGANIZATION.name);
    await page.getByRole("menuitem", { name: "New organization" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("New organization");
    await page.getByLabel("Organization", { exact: true }).fill(name);
    await pickTimeZone(page, "lisbon", "Europe/Lisbon");
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(page).toHaveURL("/schedule");
    await open(page, MEMBERS);
    await expect(page.getByRole("table", { name: /^Members\./ }).getByRole("row")).toHaveCount(2);

    await oldTab.getByRole("button", { name: "Rename organization" }).click();
    await oldTab.getByLabel("Name", { exact: true }).fill("Taken over");
    await oldTab.getByRole("button", { name: "Rename", exact: true }).click();
    await expect(oldTab.getByRole("dialog")).toContainText("You work in another organization by now, in another tab. Nothing was changed here.");
    await oldTab.close();

    await openSwitcher(page, name);
    await page.screenshot({ path: testInfo.outputPath("switcher.png") });
    const home = page.getByRole("menuitem", { name: ORGANIZATION.name });
    await expect(page.getByRole("menuitem", { name })).toHaveAttribute("aria-current", "true");
    for (let steps = 0; steps < 10 && !(await home.evaluate((item) => item === document.activeElement)); steps++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: `Organization: ${ORGANIZATION.name}` })).toBeVisible();
    await expect(page).toHaveURL("/schedule");
  });

  test("a link of a message leads into its organization, and who works in another is asked first", async ({ page, api, guard }, testInfo) => {
    const { organization: home } = await api.member.me.query();
    // What the page asks while it goes over is refused.
    guard.expectAnswer(403, "/api/trpc/");
    const link = `/organizations/${home.id}/settings/notifications?status=failed`;
    const name = uniqueName("Third Dairy");
    await api.organization.create.mutate({ name, timeZone: "UTC" });
    await page.goto(link);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`This page is in “${home.name}”`);
    await expect(page.getByText(`You are working in “${name}”.`)).toBeVisible();
    await page.screenshot({ path: testInfo.outputPath("other-organization.png") });
    await expectAccessible(page, "a link into another organization");
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, "a link into another organization, on a phone in the dark");
    await page.screenshot({ path: testInfo.outputPath("other-organization-phone.png") });
    await page.getByRole("button", { name: "Go over and open it" }).click();
    await expect(page).toHaveURL("/settings/notifications?status=failed");
    await page.goto(link);
    await expect(page, "not asked again").toHaveURL("/settings/notifications?status=failed");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Notifications");
    const unknown = `/organizations/${crypto.randomUUID()}/schedule`;
    guard.expectAnswer(404, unknown);
    await page.goto(unknown);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
  });
});

/** Invites and returns the link, which is shown as no mail server is set up. */
async function invite(page: Page, email: string, role: string): Promise<string> {
  await page.getByRole("button", { name: "Invite a person" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("radio", { name: role }).check();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  return page.getByLabel("Invitation link").inputValue();
}

function rowOf(page: Page, text: string): Locator {
  return page.getByRole("row").filter({ hasText: text });
}

async function chooseInMenu(page: Page, of: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${of}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** With the keyboard alone. */
async function openSwitcher(page: Page, current: string): Promise<void> {
  await page.getByRole("button", { name: `Organization: ${current}` }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeVisible();
}

/** The API as the person of this browser. */
async function apiOf(context: BrowserContext, baseUrl = "") {
  const cookies = await context.cookies();
  return createApi(baseUrl, cookies.map(({ name, value }) => `${name}=${value}`).join("; "));
}
