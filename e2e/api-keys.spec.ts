import { type APIRequestContext, type Page, request } from "@playwright/test";
import { uniqueName } from "./fixtures/api";
import { open, reload } from "./fixtures/open";
import { expect, test } from "./fixtures/test";

test("a key is made for a program, shown once, and works until it is revoked", async ({ page, context, programApi }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const name = uniqueName("Reporting");
  await open(page, "/settings/api-keys");
  const token = await createKey(page, name);

  const issued = page.getByRole("dialog", { name: `The API key “${name}”` });
  await expect(issued.getByRole("button", { name: "Close" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(issued).toBeVisible();
  await issued.getByRole("button", { name: "Copy" }).click();
  await expect(issued.getByRole("status")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
  const command = (await issued.getByText("curl -H").textContent()) ?? "";
  await issued.getByRole("checkbox", { name: "I have stored it" }).check();
  await issued.getByRole("button", { name: "Close" }).click();
  await expect(issued).toBeHidden();

  await test.step("nothing shows it again", async () => {
    const secret = token.split("_")[2] ?? "";
    expect(await page.content()).not.toContain(secret);
    expect(await (await page.request.get("/settings/api-keys")).text()).not.toContain(secret);
    expect(await (await page.request.get("/settings/audit")).text()).not.toContain(secret);
    expect(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(secret);
  });

  const program = await request.newContext({ extraHTTPHeaders: { authorization: `Bearer ${token}` }, storageState: { cookies: [], origins: [] } });
  await test.step("the example on the page works", async () => {
    const address = /"(http[^"]+)"$/.exec(command)?.[1] ?? "";
    const answer = await program.get(address);
    expect(answer.status()).toBe(200);
    expect(await answer.json()).toMatchObject({ result: { data: { json: { items: expect.any(Array) } } } });
    expect(answer.headers()["set-cookie"]).toBeUndefined();
  });

  await test.step("it may do what its scopes say", async () => {
    const typed = programApi(token);
    await expect(typed.preset.list.query()).resolves.toBeDefined();
    await expect(typed.run.start.mutate({ requestKey: crypto.randomUUID() })).rejects.toMatchObject({ data: { httpStatus: 403 } });
  });

  await open(page, "/settings/api-keys");
  const row = rowOf(page, name);
  await expect(row).toContainText(/from (::1|127\.0\.0\.1|::ffff:127\.0\.0\.1)/);
  await row.getByRole("button", { name: "Revoke" }).click();
  const question = page.getByRole("dialog", { name: `Revoke “${name}”?` });
  await expect(question).toContainText("From now on every request with the key");
  await expect(question).toContainText("It was last used");
  await question.getByRole("button", { name: "Revoke key" }).click();
  await expect(row).toContainText("Revoked");
  await expectRefused(program);
  await program.dispose();
});

test("a key that is rotated gives way to a new one, and both work meanwhile", async ({ page, programApi }) => {
  const name = uniqueName("Dashboard");
  await open(page, "/settings/api-keys");
  const old = await createKey(page, name);
  await closeIssued(page);
  await rowOf(page, name).getByRole("button", { name: "Rotate" }).click();
  await page
    .getByRole("dialog", { name: `Rotate “${name}”?` })
    .getByRole("button", { name: "Make new key" })
    .click();
  const renewed = await page.getByRole("textbox", { name: "Key" }).inputValue();
  await closeIssued(page);
  expect(renewed).not.toBe(old);
  await expect(page.getByRole("row").filter({ hasText: name })).toHaveCount(2);
  await expect(page.getByRole("row").filter({ hasText: name }).filter({ hasText: "Replaced, still valid" })).toHaveCount(1);
  for (const key of [old, renewed]) await expect(programApi(key).item.list.query({})).resolves.toBeDefined();
});

test("two clicks that come before the page has drawn the first make one key", async ({ page }) => {
  const name = uniqueName("Twice");
  await open(page, "/settings/api-keys");
  await page.getByRole("button", { name: "Create API key" }).first().click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("button", { name: "Create key" }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await closeIssued(page);
  await reload(page);
  await expect(page.getByRole("row").filter({ hasText: name })).toHaveCount(1);
});

test("a key that would never expire is warned of, and a form without a name says so at its field", async ({ page }) => {
  await open(page, "/settings/api-keys");
  await page.getByRole("button", { name: "Create API key" }).first().click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByRole("button", { name: "Create key" }).click();
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/Give the key a name/);
  await form.getByRole("combobox", { name: "Expires" }).click();
  await page.getByRole("option", { name: "Never" }).click();
  await expect(form.getByRole("alert")).toContainText("This key works until somebody revokes it");
});

/** Fills in the form and gives back the key that the page shows. */
async function createKey(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "Create API key" }).first().click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await expect(form.getByRole("checkbox", { name: "Read items" })).toBeChecked();
  await form.getByRole("button", { name: "Create key" }).click();
  const token = await page.getByRole("textbox", { name: "Key" }).inputValue();
  expect(token).toMatch(/^mr_[0-9a-f]{8}_[\w-]{43}$/);
  return token;
}

async function closeIssued(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "I have stored it" }).check();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

function rowOf(page: Page, name: string) {
  return page.getByRole("row").filter({ hasText: name }).first();
}

async function expectRefused(program: APIRequestContext): Promise<void> {
  const answer = await program.get(new URL("/api/trpc/preset.list", test.info().project.use.baseURL).href);
  expect(answer.status()).toBe(401);
  expect(await answer.text()).toContain("This API key is not valid: it is unknown, revoked or expired.");
}
