import { describe, expect, it } from "vitest";
import type { Channel } from "@/domain/notification-channel";
import { checkChannelForm, checkDraft, definitionOf, emptyChannelForm, serverChannelErrors, storedChannelForm, timingOf } from "./channel-form";

const ZONE = "Europe/Berlin";
const TIMING = { digest: "at_once", digestMinute: 480, quietHours: null, timeZone: ZONE } as const;

const STORED: Channel = {
  id: "0198f2c0-0000-4000-8000-000000000001",
  name: "Phone",
  kind: "ntfy",
  enabled: true,
  recipients: [],
  address: "https://ntfy.sh/my-topic",
  hasToken: true,
  oldSecretUntil: null,
  ...TIMING,
  lastDeliveredAt: null,
  lastFailedAt: null,
  lastError: null,
  consecutiveFailures: 0,
  disabledReason: null,
  waitingCount: 0,
  ruleCount: 0,
  createdAt: new Date("2026-11-27T05:00:00Z"),
};

describe("a new channel", () => {
  it("takes recipients by line, comma and semicolon, each once", () => {
    const values = { ...emptyChannelForm("email", ZONE), name: " Ops ", recipients: "a@example.org\nb@example.org, c@example.org;\n a@example.org\n" };
    expect(checkChannelForm(values, true)).toEqual({
      ok: true,
      definition: { kind: "email", name: "Ops", enabled: true, recipients: ["a@example.org", "b@example.org", "c@example.org"], ...TIMING },
    });
  });

  it("names the recipient that is no address", () => {
    const check = checkChannelForm({ ...emptyChannelForm("email", ZONE), name: "Ops", recipients: "a@example.org, Ada" }, true);
    expect(check).toEqual({ ok: false, errors: { recipients: "“Ada” is no e-mail address." } });
  });

  it("says at each input what is missing", () => {
    const errors = (kind: Channel["kind"]) =>
      Object.keys({ ...(checkChannelForm(emptyChannelForm(kind, ZONE), true) as { errors?: object }).errors }).toSorted();
    expect(errors("email")).toEqual(["name", "recipients"]);
    for (const kind of ["webhook", "slack", "ntfy"] as const) expect(errors(kind), kind).toEqual(["address", "name"]);
  });

  it("has times in minutes of the day, and messages at the times that are none", () => {
    const values = { ...emptyChannelForm("webhook", ZONE), name: "Desk", address: "https://example.org/hook", hasQuietHours: true, digest: "daily" as const };
    expect(checkChannelForm({ ...values, digestTime: "09:30" }, true)).toMatchObject({
      definition: { digest: "daily", digestMinute: 570, quietHours: { fromMinute: 1320, untilMinute: 420 } },
    });
    expect(checkChannelForm({ ...values, digestTime: "", quietFrom: "", quietUntil: "" }, true)).toEqual({
      ok: false,
      errors: { digestTime: "Enter a time.", quietFrom: "Enter a time.", quietUntil: "Enter a time." },
    });
    expect(checkChannelForm({ ...values, quietUntil: "22:00" }, true)).toMatchObject({
      errors: { quietUntil: expect.stringContaining("end at another time") },
    });
  });

  it("is not held up by a time that is not looked at", () => {
    const values = { ...emptyChannelForm("webhook", ZONE), name: "Desk", address: "https://example.org/hook", digestTime: "", quietFrom: "" };
    expect(checkChannelForm(values, true).ok).toBe(true);
    expect(timingOf(values)).toBeNull();
    expect(timingOf({ ...values, digestTime: "08:00", quietFrom: "22:00" })).toEqual(TIMING);
  });
});

it("is tested by where it leads alone: without a name, and whatever its times", () => {
  const values = { ...emptyChannelForm("webhook", ZONE), hasQuietHours: true, quietFrom: "", digest: "daily" as const, digestTime: "" };
  expect(checkDraft(values)).toMatchObject({ ok: false, errors: { address: "Enter the address." } });
  expect(checkDraft({ ...values, address: "https://example.org/hook" })).toMatchObject({
    definition: { name: "New channel", digest: "at_once", quietHours: null },
  });
});

describe("a stored channel", () => {
  it("keeps its secret unless another one is entered, or the input is emptied", () => {
    const values = storedChannelForm(STORED);
    const tokenOf = (change: object) => (checkChannelForm({ ...values, ...change }, true) as { definition?: object }).definition;
    expect(tokenOf({})).not.toHaveProperty("token");
    expect(tokenOf({ keepsSecret: false, token: "tk_2" })).toMatchObject({ token: "tk_2" });
    expect(tokenOf({ keepsSecret: false })).toMatchObject({ token: null });
  });

  it("of Slack's kind keeps its address, which never comes to the form", () => {
    const slack = { ...STORED, kind: "slack", hasToken: false, address: "https://hooks.slack.com/…" } as const;
    expect(storedChannelForm(slack)).toMatchObject({ address: "", keepsSecret: true });
    expect(definitionOf(slack, { enabled: false })).toEqual({ kind: "slack", name: "Phone", enabled: false, ...TIMING });
    expect(checkChannelForm({ ...storedChannelForm(slack), keepsSecret: false }, true)).toMatchObject({ errors: { address: expect.any(String) } });
  });

  it("comes back as it was when nothing is changed", () => {
    const quietHours = { fromMinute: 0, untilMinute: 359 };
    const email = {
      ...STORED,
      kind: "email",
      hasToken: false,
      address: null,
      recipients: ["a@example.org"],
      digest: "daily",
      digestMinute: 1439,
      quietHours,
    } as const;
    expect(definitionOf({ ...email, recipients: [...email.recipients] }, { enabled: true })).toEqual({
      kind: "email",
      name: "Phone",
      enabled: true,
      recipients: ["a@example.org"],
      digest: "daily",
      digestMinute: 1439,
      quietHours,
      timeZone: ZONE,
    });
  });
});

it("what the server refuses stands at the form's inputs", () => {
  expect(serverChannelErrors({ "definition.recipients.1": "No.", "definition.quietHours.untilMinute": "Later.", token: "Again." })).toEqual({
    recipients: "No.",
    quietUntil: "Later.",
    token: "Again.",
  });
});
