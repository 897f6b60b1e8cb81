import { describe, expect, test } from "vitest";
import { planDraftSecret, type SecretHolder } from "./channel-secret";
import type { ChannelDefinition } from "./notification-channel";

const common = { name: "Ops", enabled: true, digest: "at_once", digestMinute: 480, quietHours: null, timeZone: "UTC" } as const;
const HOOK = "https://example.org/hook";
const TOPIC = "https://push.example/topic";
const SLACK = "https://hooks.example/T0/B0/abc";

const webhook = (address = HOOK): ChannelDefinition => ({ ...common, kind: "webhook", address });
const slack = (address?: string): ChannelDefinition => ({ ...common, kind: "slack", address });
const ntfy = (token?: string | null, address = TOPIC): ChannelDefinition => ({ ...common, kind: "ntfy", address, token });
const email: ChannelDefinition = { ...common, kind: "email", recipients: ["ada@example.org"] };

const storedAs = (kind: SecretHolder["kind"], address: string | null, hasSecret = true): SecretHolder => ({ kind, address, hasSecret });
const STORED = { webhook: storedAs("webhook", HOOK), slack: storedAs("slack", "https://hooks.example/…"), ntfy: storedAs("ntfy", TOPIC) };

describe("the secret of a test with values that are not saved", () => {
  test.each<[string, SecretHolder | null, ChannelDefinition, object]>([
    ["of mail is none", null, email, { from: "nowhere" }],
    ["of a new webhook is a key of this test only", null, webhook(), { from: "made" }],
    ["of a stored webhook is its key", STORED.webhook, webhook(), { from: "stored" }],
    ["of a stored webhook whose address was changed is no stored one", STORED.webhook, webhook(`${HOOK}/2`), { from: "made" }],
    ["of a stored webhook whose key is lost is a new one", storedAs("webhook", HOOK, false), webhook(), { from: "made" }],
    ["of a Slack-style webhook is the address on the screen", STORED.slack, slack(SLACK), { from: "entered", value: SLACK }],
    ["of a Slack-style webhook whose address is kept is that address", STORED.slack, slack(), { from: "stored" }],
    ["of a topic is the token on the screen", STORED.ntfy, ntfy("tk_2", "https://other.example/topic"), { from: "entered", value: "tk_2" }],
    ["of a topic whose token is removed is none", STORED.ntfy, ntfy(null, "https://other.example/topic"), { from: "nowhere" }],
    ["of another topic of the same site is the stored token", STORED.ntfy, ntfy(undefined, "https://push.example/other"), { from: "stored" }],
    ["of a topic that never had a token is none", storedAs("ntfy", TOPIC, false), ntfy(undefined, "https://other.example/topic"), { from: "nowhere" }],
    ["of a new topic without a token is none", null, ntfy(), { from: "nowhere" }],
  ])("%s", (_what, stored, definition, expected) => {
    expect(planDraftSecret(stored, definition)).toEqual(expected);
  });

  test.each<[string, SecretHolder | null, ChannelDefinition, string]>([
    ["a stored token is sent to no other site", STORED.ntfy, ntfy(undefined, "https://other.example/topic"), "token"],
    ["a stored token is sent to no other port", STORED.ntfy, ntfy(undefined, "https://push.example:8443/topic"), "token"],
    ["a stored secret is used for no other kind of channel", STORED.webhook, slack(SLACK), "kind"],
    ["a new Slack-style webhook needs its address", null, slack(), "address"],
    ["a Slack-style webhook whose address is lost needs another one", storedAs("slack", "https://hooks.example/…", false), slack(), "address"],
  ])("%s", (_what, stored, definition, field) => {
    expect(() => planDraftSecret(stored, definition)).toThrow(expect.objectContaining({ code: "validation", details: { field } }));
  });
});
