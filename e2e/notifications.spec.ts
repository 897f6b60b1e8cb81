import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/accessibility";
import { type Api, feedSource, makePreset, startRun, uniqueName, waitForEnd } from "./fixtures/api";
import { answer } from "./fixtures/browser-questions";
import { asRole } from "./fixtures/database";
import { holdAnswer } from "./fixtures/hold-answer";
import { Inbox } from "./fixtures/inbox";
import { expectLooks } from "./fixtures/looks";
import { open } from "./fixtures/open";
import { status } from "./fixtures/site-replies";
import { expect, test } from "./fixtures/test";

const PAGE = "/settings/notifications";

test.beforeEach(({ api }) => forget(api));
test.afterEach(({ api }) => forget(api));

test("a webhook is made and tested with its answer in view, and told of a run that fails", async ({ page, api, site }) => {
  const inbox = new Inbox();
  const address = site.serve("/hook", inbox.reply);
  const name = uniqueName("Desk");
  await open(page, PAGE);
  await expect(page.getByText("Email is not set up on this server.")).toBeVisible();
  const secret = await createWebhook(page, { name, address, inbox });
  const made = page.getByRole("dialog", { name: `The channel “${name}”` });

  await test.step("the test shows what the receiver really answered", async () => {
    await expectAccessible(page, "a channel that was just made");
    await expect(made.getByRole("button", { name: "Done" })).toBeDisabled();
    await made.getByRole("button", { name: "Send test" }).click();
    await expect(made.getByRole("status").filter({ hasText: "The test was delivered" })).toContainText(/Status202.*AnswerThanks/);
    expect((await inbox.next(secret)).message).toMatchObject({ type: "test" });
  });

  await test.step("nothing shows the signing key again", async () => {
    await made.getByRole("checkbox", { name: "I have stored it" }).check();
    await made.getByRole("button", { name: "Done" }).click();
    await expect(made).toBeHidden();
    expect(await page.content()).not.toContain(secret);
    for (const path of [PAGE, "/settings/audit"]) expect(await (await page.request.get(path)).text()).not.toContain(secret);
    expect(JSON.stringify(await api.notification.channels.query())).not.toContain(secret);
  });

  await test.step("one click makes the rules that nearly everybody wants", async () => {
    await page.getByRole("button", { name: `Tell “${name}”` }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "When a run fails" })).toContainText(name);
    await expect(page.getByRole("listitem").filter({ hasText: "When a slot is missed" })).toContainText(name);
  });

  await test.step("a run that fails is told of, and stands in the list with the answer", async () => {
    const { preset } = await makePreset(api, "Broken", [feedSource("Broken feed", site.serve("/broken.xml", status(404)))]);
    const { runId, number } = await startRun(api, preset.id);
    await waitForEnd(api, runId);
    const { id, message } = await inbox.next(secret);
    expect(message).toMatchObject({ type: "run.failed", data: { run: { id: runId, number }, url: expect.stringMatching(new RegExp(`/runs/${runId}$`)) } });
    await open(page, PAGE);
    const row = page.getByRole("row").filter({ hasText: `Run ${number} failed` });
    await expect(row).toContainText("Delivered");
    await row.getByRole("button", { name: "Show details" }).click();
    const details = page.getByRole("dialog", { name: "Message" });
    await expect(details.getByRole("region", { name: "Attempt 1" })).toContainText(/Taken.*202.*Thanks/);
    await expectAccessible(page, "the details of a message");
    await details.getByRole("button", { name: "Redeliver" }).click();
    expect((await inbox.next(secret)).id).toBe(id);
    await expect(details.getByRole("region", { name: "Attempt 2" })).toContainText("Taken");
  });
});

test("a rule is made in words with its message in view, and its switch turns back when the server does not answer", async ({ page, api, guard }) => {
  guard.expectDisconnection();
  const { channel } = await api.notification.createChannel.mutate({
    kind: "slack",
    name: "#ops",
    address: "https://hooks.example.org/T0/B0/secret",
    timeZone: "UTC",
  });
  await open(page, PAGE);
  await expect(page.getByRole("listitem").filter({ hasText: channel.name })).toContainText("https://hooks.example.org/…");
  await page.getByRole("button", { name: "Add rule" }).click();
  const form = page.getByRole("dialog", { name: "Add a rule" });
  // It has its name a moment after it opens.
  await expect(form).toBeVisible();
  await expectAccessible(page, "what a rule can be about");
  await form.getByRole("button", { name: "Several runs in a row fail" }).click();
  await form.getByRole("textbox", { name: "Failed runs in a row" }).fill("1");
  await form.getByRole("button", { name: "Create rule" }).click();
  await expect(form.getByRole("textbox", { name: "Failed runs in a row" })).toHaveAccessibleDescription(/At least 2\./);
  await form.getByRole("textbox", { name: "Failed runs in a row" }).fill("4");
  await expect(form.getByRole("region", { name: "The text of the message" })).toContainText("*4 runs in a row failed*");
  await expectAccessible(page, "the form of a rule");
  await form.getByRole("button", { name: "Create rule" }).click();
  await expect(form).toBeHidden();

  const rule = page.getByRole("listitem").filter({ hasText: "When 4 runs in a row fail" });
  const turn = rule.getByRole("switch");
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/trpc/notification.updateRule*", async (route) => {
    await answered;
    await route.abort("connectionrefused");
  });
  await turn.press("Space");
  await expect(turn, "ahead of the answer").not.toBeChecked();
  answer();
  await expect(page.getByText("The rule is still on")).toBeVisible();
  await expect(turn).toBeChecked();
  await page.unroute("**/api/trpc/notification.updateRule*");
  // What is seen of the switch lies over its input.
  await turn.click({ force: true });
  await expect.poll(async () => (await api.notification.rules.query())[0]?.enabled).toBe(false);
});

test("a form keeps what was typed when the session has ended, says where to sign in, and stores it once", async ({ page, context, api, guard }, testInfo) => {
  guard.expectAnswer(401, "/api/trpc/");
  await open(page, PAGE);
  await page.getByRole("button", { name: "Add channel" }).click();
  const channelForm = page.getByRole("dialog", { name: "Add a channel" });
  await channelForm.getByRole("radio", { name: "ntfy" }).check();
  await channelForm.getByLabel("Name").fill("Typed for long");
  await channelForm.getByLabel("Address").fill("https://ntfy.example.org/topic");
  const questions = answer(page, "dismiss");
  await page.evaluate(() => window.history.back());
  await questions.expect("confirm");
  await expect(channelForm.getByLabel("Name")).toHaveValue("Typed for long");
  const save = async (form: Locator, button: string, fillIn = async () => {}) => {
    const cookies = await context.cookies();
    await context.clearCookies();
    await fillIn();
    await form.getByRole("button", { name: button }).click();
    const refusal = form.getByRole("alert").filter({ hasText: "was not saved" });
    await expect(refusal.getByRole("link", { name: "Sign in, in a new tab" })).toHaveAttribute("target", "_blank");
    await expectLooks(page, testInfo.outputPath(button), [
      [1280, "light"],
      [390, "dark"],
    ]);
    await context.addCookies(cookies);
    await form.getByRole("button", { name: button }).dblclick();
  };
  await save(channelForm, "Create channel");
  await page.getByRole("button", { name: "Done" }).click();
  expect((await api.notification.channels.query()).map(({ name }) => name)).toEqual(["Typed for long"]);

  await page.getByRole("button", { name: "Add rule" }).click();
  const ruleForm = page.getByRole("dialog", { name: "Add a rule" });
  await ruleForm.getByRole("button", { name: "Several runs in a row fail" }).click();
  await save(ruleForm, "Create rule", async () => {
    await ruleForm.getByRole("textbox", { name: "Failed runs in a row" }).fill("7");
    await expect(ruleForm.getByRole("alert").filter({ hasText: "The preview is unavailable" })).not.toContainText("saved all the same");
  });
  await expect(ruleForm).toBeHidden();
  expect(await api.notification.rules.query()).toMatchObject([{ threshold: 7 }]);
});

test("whoever closes a question before it fails is told so, and asked anew without the old answer", async ({ page, api, guard }) => {
  guard.expectAnswer(404, "notification.deleteChannel");
  const ntfy = { kind: "ntfy", address: "https://ntfy.example.org/topic", timeZone: "UTC" } as const;
  const { channel } = await api.notification.createChannel.mutate({ ...ntfy, name: "Phone" });
  await open(page, PAGE);
  const ask = async () => {
    await page.getByRole("button", { name: "Actions for Phone" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
  };
  const question = page.getByRole("dialog", { name: "Delete “Phone”?" });
  await ask();
  const held = await holdAnswer(page, "notification.deleteChannel");
  await api.notification.deleteChannel.mutate({ id: channel.id });
  await question.getByRole("button", { name: "Delete channel" }).click();
  await held.arrived;
  await expect(question.getByRole("button", { name: "Keep channel" })).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  held.release();
  await expect(page.getByRole("alert").filter({ hasText: "“Delete channel” did not work" })).toContainText("This channel no longer exists.");
  await ask();
  await expect(question).toBeVisible();
  await expect(question.getByRole("alert")).toHaveCount(0);
});

test("a room and a phone are told in their own ways, messages are found by event, and a token goes nowhere else", async ({ page, api, guard, site }) => {
  guard.expectAnswer(400, "/api/trpc/notification.testDraft");
  const [room, phone] = [new Inbox(), new Inbox()];
  const chat = { kind: "slack", name: "#ops", address: site.serve("/room/secret", room.reply), timeZone: "Asia/Kolkata" } as const;
  site.serve("/push/", phone.reply);
  const topic = { kind: "ntfy", name: "Phone", address: site.url("/push/phone"), token: "tk_secret", timeZone: "UTC" } as const;
  const channelIds: string[] = [];
  for (const definition of [chat, topic]) channelIds.push((await api.notification.createChannel.mutate(definition)).channel.id);
  await api.notification.createRule.mutate({ event: "run_failed", channelIds });
  room.answer = { status: 503, text: "busy" };
  const { preset } = await makePreset(api, "Broken", [feedSource("@all <b>", site.serve("/broken.xml", status(404)))]);
  const { runId, number } = await startRun(api, preset.id);
  await waitForEnd(api, runId);

  await test.step("the room in its markup, in which a site calls nobody, and the phone loudly", async () => {
    const { text } = JSON.parse((await room.take()).body);
    expect(text).toMatch(
      new RegExp(`^\\*Run ${number} failed\\*\n.*\n- @\u200ball &lt;b&gt;: .*\n<http://[^|>]+/runs/${runId}\\|Open in Milkrun> · .* Kolkata$`),
    );
    const { headers, body } = await phone.take();
    expect(headers).toMatchObject({ authorization: "Bearer tk_secret" });
    expect(JSON.parse(body)).toMatchObject({
      ...{ topic: "phone", title: `Run ${number} failed`, priority: 4, tags: ["rotating_light"] },
      ...{ message: expect.stringMatching(/ UTC$/), click: expect.stringMatching(new RegExp(`/runs/${runId}$`)) },
    });
  });

  await test.step("the room's trouble shows, and the messages are narrowed to an event in the address", async () => {
    await open(page, PAGE);
    const card = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: "#ops" }) });
    await expect(card).toContainText(/Failing.*The last (attempt|\d+ attempts) failed.*503/);
    const filters = page.getByRole("search", { name: "Filter messages" });
    await filters.getByRole("combobox", { name: "Event" }).click();
    await page.getByRole("option", { name: "A run is partial" }).click();
    await expect(page.getByText("No message matches these filters.")).toBeVisible();
    await expect(page).toHaveURL(/event=run\.partial/);
    await filters.getByRole("combobox", { name: "Event" }).click();
    await page.getByRole("option", { name: "A run fails", exact: true }).click();
    await expect(page.getByRole("row").filter({ hasText: `Run ${number} failed` })).toHaveCount(2);
  });

  await test.step("the stored token is tested where it belongs only", async () => {
    await page.getByRole("button", { name: "Actions for Phone" }).click();
    await page.getByRole("menuitem", { name: "Edit…" }).click();
    const form = page.getByRole("dialog", { name: "Edit “Phone”" });
    await form.getByRole("textbox", { name: "Address" }).fill("https://elsewhere.example.org/phone");
    await form.getByRole("button", { name: "Send test" }).click();
    await expect(form.getByRole("alert")).toContainText(/The token was entered for http:.* Enter it again/);
    await form.getByRole("textbox", { name: "Address" }).fill(site.url("/push/other"));
    await form.getByRole("button", { name: "Send another test" }).click();
    await expect(form.getByRole("status").filter({ hasText: "The test was delivered" })).toContainText("Thanks");
    const { headers, body } = await phone.take();
    expect(headers).toMatchObject({ authorization: "Bearer tk_secret" });
    expect(JSON.parse(body)).toMatchObject({ topic: "other", title: "Test message" });
    expect((await api.notification.channels.query()).map(({ address }) => address)).toContain(topic.address);
  });
});

test("who may not change notifications reads what there is, with addresses cut", async ({ page, api }) => {
  await api.notification.createChannel.mutate({ kind: "ntfy", name: "Phone", address: "https://ntfy.example.org/secret-topic", token: null, timeZone: "UTC" });
  const { user } = await api.member.me.query();
  await asRole(user.id, "viewer", async () => {
    await open(page, PAGE);
    await expect(page.getByText("You can view this. Owners and admins can change it.")).toBeVisible();
    await expect(page.getByText("ntfy: https://ntfy.example.org/…")).toBeVisible();
    for (const name of ["Add channel", "Add rule", "Send test", "Actions"]) await expect(page.getByRole("button", { name })).toHaveCount(0);
    expect(await page.content()).not.toContain("secret-topic");
  });
});

/** Fills in the form, tests what stands in it, and gives back the signing key that the page shows. */
async function createWebhook(page: Page, { name, address, inbox }: { name: string; address: string; inbox: Inbox }): Promise<string> {
  await page.getByRole("button", { name: "Add channel" }).click();
  const form = page.getByRole("dialog", { name: "Add a channel" });
  await form.getByRole("radio", { name: "Webhook", exact: true }).check();
  await form.getByRole("button", { name: "Create channel" }).click();
  await expect(form.getByRole("textbox", { name: "Address" })).toBeFocused();
  await expect(form.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(/Give the channel a name\./);
  await form.getByRole("textbox", { name: "Address" }).fill(address);
  inbox.answer = { status: 410, text: "Nobody here <b>" };
  await form.getByRole("button", { name: "Send test" }).click();
  const outcome = form.getByRole("status").filter({ hasText: "test" });
  await expect(outcome).toContainText(/The test was not delivered.*410.*Nobody here <b>.*a key of this test only/);
  expect(JSON.parse((await inbox.take()).body)).toMatchObject({ type: "test" });
  inbox.answer = { status: 202, text: "Thanks" };
  await expectAccessible(page, "the form of a channel, with the answer to a test");
  await form.getByRole("textbox", { name: "Address" }).fill(`${address}/other`);
  await expect(outcome).toHaveText("The values have changed since the test. Send another one.");
  await form.getByRole("textbox", { name: "Address" }).fill(address);
  await form.getByRole("textbox", { name: "Name" }).fill(name);
  await form.getByRole("button", { name: "Create channel" }).click();
  const secret = await page.getByRole("textbox", { name: "Signing key" }).inputValue();
  expect(secret).toMatch(/^whsec_[\w+/=]{32,}$/);
  return secret;
}

/** Leaves no channel and no rule. */
async function forget(api: Api): Promise<void> {
  for (const { id } of await api.notification.rules.query()) await api.notification.deleteRule.mutate({ id });
  for (const { id } of await api.notification.channels.query()) await api.notification.deleteChannel.mutate({ id });
}
