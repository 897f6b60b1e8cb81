import { z } from "zod";
import { timeZoneSchema } from "./schedule";
import { emailSchema } from "./setup";
import { sourceAddressSchema } from "./source";

/** `slack` is whatever takes Slack's incoming webhooks: Slack, Mattermost, Rocket.Chat, Discord with `/slack` at the end. */
export const CHANNEL_KINDS = ["email", "webhook", "slack", "ntfy"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export const DIGESTS = ["at_once", "hourly", "daily"] as const;
export type Digest = (typeof DIGESTS)[number];

/** A key that was replaced signs for this long beside the new one, so that the receiver can be given it. */
export const SECRET_OVERLAP_HOURS = 24;
const MOST_RECIPIENTS = 50;

/** Minutes since midnight. */
const minuteOfDay = z.int("Enter a time.").min(0, "Enter a time from 00:00 to 23:59.").max(1439, "Enter a time from 00:00 to 23:59.");

/** When a channel is written to. Times are on the clocks of `timeZone`. */
const timing = {
  digest: z.enum(DIGESTS).default("at_once"),
  /** When the daily message is sent. Not looked at for others. */
  digestMinute: minuteOfDay.default(480),
  /** Nothing is sent from the one to the other, over midnight where it is later; what comes within is sent when they end. Null: none. */
  quietHours: z
    .object({ fromMinute: minuteOfDay, untilMinute: minuteOfDay })
    .refine(({ fromMinute, untilMinute }) => fromMinute !== untilMinute, { path: ["untilMinute"], error: "Quiet hours end at another time than they begin." })
    .nullable()
    .default(null),
  timeZone: timeZoneSchema,
};

const common = {
  name: z.string().trim().min(1, "Give the channel a name.").max(100, "Keep the name under 100 characters."),
  enabled: z.boolean().default(true),
  ...timing,
};

const recipients = z
  .array(emailSchema)
  .min(1, "Enter at least one e-mail address.")
  .max(MOST_RECIPIENTS, `Enter at most ${MOST_RECIPIENTS} e-mail addresses.`)
  .transform((addresses) => [...new Set(addresses)]);

const token = z
  .string()
  .trim()
  .min(1, "Enter the token.")
  .max(500, "Keep the token under 500 characters.")
  .regex(/^[\x21-\x7e]*$/, "A token has no spaces and no accents.");

const topicAddress = sourceAddressSchema.refine(
  (text) => !URL.canParse(text) || topicOf(text) !== null,
  "Enter the address of the topic, for instance https://ntfy.sh/my-topic.",
);

/** Where a topic is published, and its name; null for an address that names none. */
export function topicOf(address: string): { server: string; topic: string } | null {
  const { origin, pathname } = new URL(address);
  const [, path = "", topic = ""] = /^(.*\/)([^/]+)$/.exec(pathname) ?? [];
  try {
    return topic === "" ? null : { server: origin + path, topic: decodeURIComponent(topic) };
  } catch {
    return null;
  }
}

/** What a person states about a channel. The form and the router share it. What is a secret can be left out to keep the stored one. */
export const channelDefinitionSchema = z.discriminatedUnion("kind", [
  z.object({ ...common, kind: z.literal("email"), recipients }),
  z.object({ ...common, kind: z.literal("webhook"), address: sourceAddressSchema }),
  /** The whole address is a secret. */
  z.object({ ...common, kind: z.literal("slack"), address: sourceAddressSchema.optional() }),
  /** `token`: null for a topic that is open to everyone. */
  z.object({ ...common, kind: z.literal("ntfy"), address: topicAddress, token: token.nullish() }),
]);
export type ChannelDefinition = z.infer<typeof channelDefinitionSchema>;

/** A channel as lists and forms show it: everything but its secrets. */
export const channelSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(CHANNEL_KINDS),
  enabled: z.boolean(),
  /** Empty but for e-mail. */
  recipients: z.array(z.string()),
  /** Where it goes; null for e-mail. Cut after the site for Slack-style webhooks, and for whoever may not change channels: "https://example.org/…". */
  address: z.string().nullable(),
  /** Of an ntfy topic: a token is stored. */
  hasToken: z.boolean(),
  /** Of a webhook: until then its messages are signed with the key before too. */
  oldSecretUntil: z.date().nullable(),
  digest: z.enum(DIGESTS),
  digestMinute: z.int(),
  quietHours: z.object({ fromMinute: z.int(), untilMinute: z.int() }).nullable(),
  timeZone: z.string(),
  lastDeliveredAt: z.date().nullable(),
  lastFailedAt: z.date().nullable(),
  /** Why the last attempt that failed did, in words. */
  lastError: z.string().nullable(),
  /** Attempts since the last one that went well; the channel is failing while there is one. */
  consecutiveFailures: z.int(),
  /** Why Milkrun turned it off; null when it did not. */
  disabledReason: z.string().nullable(),
  /** Messages that wait: for the end of quiet hours, for their digest, or for another attempt. */
  waitingCount: z.int(),
  /** Rules that speak up on it. */
  ruleCount: z.int(),
  createdAt: z.date(),
});
export type Channel = z.infer<typeof channelSchema>;

/** A channel, with the key that its messages are signed with, which is shown this once; null for what is not signed. */
export const issuedChannelSchema = z.object({ channel: channelSchema, secret: z.string().nullable() });

/** Whether its last attempt failed. */
export function isChannelFailing({ consecutiveFailures }: Pick<Channel, "consecutiveFailures">): boolean {
  return consecutiveFailures > 0;
}

/** An address as those see it who may not see all of it. */
export function maskAddress(address: string): string {
  return `${new URL(address).origin}/…`;
}
