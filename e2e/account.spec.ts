import type { Page } from "@playwright/test";
import { type SmtpSink, startSmtpSink } from "@/testing/smtp-sink";
import { holdAnswer } from "./fixtures/hold-answer";
import { open } from "./fixtures/open";
import { OWNER } from "./fixtures/owner";
import { ServerProcess } from "./fixtures/server-process";
import { expect, test } from "./fixtures/test";

const NEW_PASSWORD = "a new horse battery";
const RATE_LIMIT_MS = 30_000;
const SIGN_IN = "/api/auth/sign-in/email";

test.describe("a Milkrun that was set up by its environment and sends mail", () => {
  // Each test goes on with what the one before left.
  test.describe.configure({ mode: "serial", timeout: 120_000 });
  test.use({ storageState: { cookies: [], origins: [] } });
  let sink: SmtpSink;
  let server: ServerProcess;
  let resetLink: string;

  test.beforeAll(async ({ sitePort }) => {
    sink = await startSmtpSink({ login: "milkrun:mail password" });
    server = await ServerProcess.create(sitePort, {
      MILKRUN_OWNER_EMAIL: OWNER.email,
      MILKRUN_OWNER_PASSWORD: OWNER.password,
      MILKRUN_ORGANIZATION: "Headless Dairy",
      MILKRUN_TIME_ZONE: "Europe/Berlin",
      SMTP_URL: `smtp://milkrun:mail%20password@127.0.0.1:${sink.port}`,
    });
    expect(await server.start(), "nobody is asked to set it up").toBeNull();
  });

  test.afterAll(async () => {
    await server.dispose();
    await sink.close();
  });

  test("lets its owner in, who can give themselves a name", async ({ page, guard }) => {
    guard.expectAnswer(404, "/setup");
    await open(page, `${server.baseUrl}/setup`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
    await signIn(page, server.baseUrl, OWNER.password);
    await page.getByRole("button", { name: "Account of ada" }).click();
    await page.getByRole("menuitem", { name: "Your account" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
    await expect(page.getByText(OWNER.email).first()).toBeVisible();
    await page.getByLabel("Your name").fill("Ada King");
    const answer = await holdAnswer(page, "account.rename");
    await page.getByRole("button", { name: "Save name" }).click();
    await answer.arrived;
    await page.getByLabel("Your name").fill("Ada King, Countess");
    answer.release();
    await expect(page.getByRole("button", { name: "Account of Ada King" })).toBeVisible();
    await expect(page.getByLabel("Your name"), "what was typed since it was sent").toHaveValue("Ada King, Countess");
  });

  test("mails its owner what goes wrong, by one click", async ({ page }) => {
    await signIn(page, server.baseUrl, OWNER.password);
    await open(page, `${server.baseUrl}/settings/notifications`);
    await page.getByRole("button", { name: `Mail ${OWNER.email}` }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "When a slot is missed" })).toContainText(`Mail to ${OWNER.email}`);
    await page.getByRole("button", { name: `Send test to Mail to ${OWNER.email}` }).click();
    const mail = sink.next();
    await page.getByRole("dialog").getByRole("button", { name: "Send test" }).click();
    expect(await mail).toMatchObject({ to: [OWNER.email], content: expect.stringContaining("Subject: [Milkrun] Test message") });
    await expect(page.getByText("The test was delivered")).toBeVisible();
  });

  test("mails a link to whoever forgot their password, which works once", async ({ page, guard }) => {
    guard.expectAnswer(410, "/api/trpc/account.reset");
    await open(page, `${server.baseUrl}/sign-in`);
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await expect(page).toHaveURL(`${server.baseUrl}/forgot-password`);
    const mail = sink.next();
    await askForLink(page, server.baseUrl, OWNER.email);
    await expect(page.getByText(`If ${OWNER.email} has an account here, a link is on its way.`)).toBeVisible();
    const { to, content, user } = await mail;
    expect({ to, user }).toEqual({ to: [OWNER.email], user: "milkrun" });
    resetLink = readLink(content, server.baseUrl);

    await open(page, resetLink);
    await page.getByLabel("New password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByLabel("New password", { exact: true })).toHaveAccessibleDescription(/Use at least 10 characters\./);
    await page.getByLabel("New password", { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Your password is changed")).toBeVisible();

    await open(page, resetLink);
    await page.getByLabel("New password", { exact: true }).fill("another horse battery");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Your password is unchanged" })).toContainText("This link is not valid (any more).");
  });

  test("says the same to an address that nobody has, and mails nothing", async ({ page }) => {
    const before = sink.mails.length;
    await askForLink(page, server.baseUrl, "nobody@example.org");
    await expect(page.getByText("If nobody@example.org has an account here, a link is on its way.")).toBeVisible();
    expect(sink.mails).toHaveLength(before);
  });

  test("shows where one is signed in, and ends a session at once", async ({ page, browser, guard }) => {
    guard.expectAnswer(429, SIGN_IN);
    await signIn(page, server.baseUrl, NEW_PASSWORD);
    const elsewhere = await browser.newContext({ userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0" });
    const other = await elsewhere.newPage();
    await signIn(other, server.baseUrl, NEW_PASSWORD);
    await open(page, `${server.baseUrl}/account`);
    const row = page.getByRole("row").filter({ hasText: "Firefox on Windows" });
    await expect(row).toContainText("127.0.0.1");
    await row.getByRole("button", { name: "End the session of Firefox on Windows" }).click();
    await expect(row).toHaveCount(0);
    await other.goto(`${server.baseUrl}/runs`);
    await expect(other).toHaveURL(/\/sign-in\?next=%2Fruns$/);
    await elsewhere.close();
  });

  test("changes a password for who knows the current one", async ({ page, guard }) => {
    guard.expectAnswer(429, SIGN_IN);
    guard.expectAnswer(400, "/api/trpc/account.changePassword");
    await signIn(page, server.baseUrl, NEW_PASSWORD);
    await open(page, `${server.baseUrl}/account`);
    const change = async (from: string, to: string) => {
      await page.getByLabel("Current password", { exact: true }).fill(from);
      await page.getByLabel("New password", { exact: true }).fill(to);
      await page.getByRole("button", { name: "Change password" }).click();
    };
    await change("not the password", OWNER.password);
    await expect(page.getByLabel("Current password", { exact: true })).toHaveAccessibleDescription(/This is not your current password\./);
    await change(NEW_PASSWORD, OWNER.password);
    await expect(page.getByText("Changed your password")).toBeVisible();
    await open(page, `${server.baseUrl}/account`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
  });
});

test.describe("where no mail is sent", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("whoever forgot their password is told whom to ask", async ({ page }) => {
    await open(page, "/forgot-password");
    await expect(page.getByText("Ask an owner or admin of your organization for a reset link.")).toBeVisible();
    await page.getByRole("link", { name: "Back to sign-in" }).click();
    await expect(page).toHaveURL("/sign-in");
  });
});

async function signIn(page: Page, baseUrl: string, password: string): Promise<void> {
  await open(page, `${baseUrl}/sign-in`);
  await expect(async () => {
    await page.getByLabel("Email").fill(OWNER.email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    const answer = page.waitForResponse(`**${SIGN_IN}`);
    await page.getByRole("button", { name: "Sign in" }).click();
    expect((await answer).status()).toBe(200);
  }).toPass({ timeout: RATE_LIMIT_MS });
  await expect(page).toHaveURL(/\/schedule/);
}

async function askForLink(page: Page, baseUrl: string, email: string): Promise<void> {
  await open(page, `${baseUrl}/forgot-password`);
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
}

/** Undoes what a mail does to long lines (quoted-printable, RFC 2045). */
function readLink(content: string, baseUrl: string): string {
  const text = content.replaceAll("=\r\n", "").replaceAll("=3D", "=");
  const [link = ""] = new RegExp(`${baseUrl}/reset\\?token=[\\w-]{43}`).exec(text) ?? [];
  return link;
}
