import { open } from "./fixtures/open";
import { OWNER } from "./fixtures/owner";
import { NOBODY, SIGN_IN, signIn } from "./fixtures/sign-in";
import { expect, test } from "./fixtures/test";

const UNKNOWN_ID = "0198f2c0-0000-7000-8000-000000000001";
const PAGES = [
  "/schedule",
  "/runs",
  `/runs/${UNKNOWN_ID}`,
  "/items",
  "/sources",
  "/sources/new",
  "/settings/members",
  "/organizations/new",
  `/organizations/${UNKNOWN_ID}/schedule`,
  "/system",
  "/account",
  "/start/sources",
];
const QUERIES = [
  "member.me",
  "member.list",
  "organization.list",
  "organization.attention",
  "schedule.get",
  "run.list",
  "preset.list",
  "source.list",
  "item.list",
  "system.status",
  "account.sessions",
];
const MUTATIONS = [
  "member.invite",
  "member.remove",
  "organization.switch",
  "schedule.update",
  "schedule.remove",
  "run.start",
  "run.cancel",
  "preset.create",
  "source.create",
  "source.test",
  "account.changePassword",
  "account.savePreferences",
  "account.endOtherSessions",
  "member.resetLink",
];

test.describe("once Milkrun is set up", () => {
  test("nobody can set it up again", async ({ page, api, guard }) => {
    guard.expectAnswer(404, "/setup");
    await open(page, "/setup?token=any");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Page not found");
    const intruder = { name: "Eve", email: "eve@example.org", password: "correct horse battery", organizationName: "Evil", timeZone: "UTC", samples: false };
    await expect(api.setup.claim.mutate({ token: process.env.SETUP_TOKEN ?? "", ...intruder })).rejects.toThrow("This installation is set up already.");
  });
});

test.describe("without a session", () => {
  test.use({ storageState: NOBODY });

  test("every page leads to sign-in and remembers where the reader was going", async ({ page }) => {
    for (const path of PAGES) {
      await open(page, path);
      await expect(page, path).toHaveURL(path === "/schedule" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
    }
    await open(page, "/");
    await expect(page).toHaveURL("/sign-in");
  });

  test("every procedure answers 401", async ({ request }) => {
    for (const name of QUERIES) expect((await request.get(`/api/trpc/${name}`)).status(), name).toBe(401);
    for (const name of MUTATIONS) expect((await request.post(`/api/trpc/${name}`, { data: {} })).status(), name).toBe(401);
  });

  test("the live stream of a run ends at once and holds nothing but the refusal", async ({ request }) => {
    const input = encodeURIComponent(JSON.stringify({ json: { runId: UNKNOWN_ID } }));
    const stream = await (await request.get(`/api/trpc/run.events?input=${input}`)).text();
    expect(stream).toContain("UNAUTHORIZED");
    expect(stream).toContain("You are signed out.");
  });

  test("health answers, and so does the set-up status", async ({ request }) => {
    for (const path of ["/livez", "/readyz", "/api/trpc/setup.status"]) expect((await request.get(path)).status(), path).toBe(200);
  });

  test("signing in leads to this site whatever the link says, and signing out ends the session", async ({ page, guard }) => {
    guard.expectAnswer(429, SIGN_IN);
    await open(page, "/sign-in?next=//evil.example");
    expect(await signIn(page, OWNER.email, OWNER.password)).toBe(200);
    await expect(page).toHaveURL("/schedule");
    await open(page, "/sign-in?next=//evil.example");
    await expect(page).toHaveURL("/schedule");
    await page.getByRole("button", { name: `Account of ${OWNER.name}` }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/sign-in");
    await open(page, "/runs");
    await expect(page).toHaveURL("/sign-in?next=%2Fruns");
  });

  test("a wrong password reads the same as an unknown address", async ({ page, guard }) => {
    guard.expectAnswer(401, SIGN_IN);
    guard.expectAnswer(429, SIGN_IN);
    await open(page, "/sign-in");
    for (const email of [OWNER.email, "nobody@example.org"]) {
      expect(await signIn(page, email, "not the password"), email).toBe(401);
      const refusal = page.getByRole("alert").filter({ hasText: "You are not signed in" });
      await expect(refusal, email).toContainText(/email or password is not right\. Check both and try again\./i);
      await expect(page, email).toHaveURL("/sign-in");
    }
  });
});
