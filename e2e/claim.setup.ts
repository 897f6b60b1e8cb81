import type { Page } from "@playwright/test";
import { open, reload } from "./fixtures/open";
import { ORGANIZATION, OWNER } from "./fixtures/owner";
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

setup("the printed link makes the owner and lands on the schedule, with the sample preset to start from", async ({ page, sessionFile }) => {
  await open(page, `/setup?token=${process.env.SETUP_TOKEN}`);
  await fillSteps(page);
  await expect(page.getByRole("checkbox", { name: "Start with the sample preset" })).toBeChecked();
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/schedule/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Schedule");
  await expect(page.getByText(/nothing is stored until you save/i)).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Preset" })).toHaveValue("Samples");
  await expect(page.getByText(ORGANIZATION.name)).toBeVisible();
  await page.context().storageState({ path: sessionFile });
});

/** Fills in the first two steps and stops at the third. */
async function fillSteps(page: Page): Promise<void> {
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("Email").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Organization").fill(ORGANIZATION.name);
  // Proposed is the browser's zone, never the server's.
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue(/Europe\/London/);
  await pickTimeZone(page, "berlin", ORGANIZATION.timeZone);
  await page.getByRole("button", { name: "Continue" }).click();
}
