import type { z } from "zod";
import { MINUTE_MS } from "@/domain/calendar-days";
import { formatLocalClock } from "@/domain/format-time";
import { type Channel, type ChannelDefinition, type ChannelKind, channelDefinitionSchema, type Digest } from "@/domain/notification-channel";
import type { SendTiming } from "@/domain/send-time";
import { readTimeOfDay } from "@/domain/time-of-day";

/** A channel as its form holds it: every input's text, those of other kinds too. */
export interface ChannelFormValues {
  kind: ChannelKind;
  name: string;
  /** One address a line, or with commas. */
  recipients: string;
  address: string;
  token: string;
  /** A stored secret stays as it is: its input is not shown. */
  keepsSecret: boolean;
  digest: Digest;
  /** "08:00" */
  digestTime: string;
  hasQuietHours: boolean;
  quietFrom: string;
  quietUntil: string;
  timeZone: string;
}

/** Messages by the form's own paths. */
export type ChannelFormErrors = Record<string, string>;

export type ChannelFormCheck = { ok: true; definition: ChannelDefinition } | { ok: false; errors: ChannelFormErrors };

const QUIET_PROPOSED = { fromMinute: 22 * 60, untilMinute: 7 * 60 };

/** The form of a new channel. */
export function emptyChannelForm(kind: ChannelKind, timeZone: string): ChannelFormValues {
  return {
    kind,
    name: "",
    recipients: "",
    address: "",
    token: "",
    keepsSecret: false,
    digest: "at_once",
    digestTime: "08:00",
    hasQuietHours: false,
    quietFrom: clockOf(QUIET_PROPOSED.fromMinute),
    quietUntil: clockOf(QUIET_PROPOSED.untilMinute),
    timeZone,
  };
}

/** The form of a stored channel. Its secret does not come here. */
export function storedChannelForm(channel: Channel): ChannelFormValues {
  const { kind, name, recipients, address, hasToken, digest, digestMinute, quietHours, timeZone } = channel;
  const { fromMinute, untilMinute } = quietHours ?? QUIET_PROPOSED;
  return {
    kind,
    name,
    recipients: recipients.join("\n"),
    address: kind === "slack" ? "" : (address ?? ""),
    token: "",
    keepsSecret: kind === "slack" || hasToken,
    digest,
    digestTime: clockOf(digestMinute),
    hasQuietHours: quietHours !== null,
    quietFrom: clockOf(fromMinute),
    quietUntil: clockOf(untilMinute),
    timeZone,
  };
}

/** Checks a form with the schema that the server checks with, and says at which input each message belongs. */
export function checkChannelForm(values: ChannelFormValues, enabled: boolean): ChannelFormCheck {
  const parsed = channelDefinitionSchema.safeParse({ ...targetInput(values), ...timingInput(values), name: values.name, enabled });
  if (parsed.success) return { ok: true, definition: parsed.data };
  const messages = parsed.error.issues.map((issue) => [formPathOf(issue.path.join(".")), messageOf(values, issue)] as const);
  return { ok: false, errors: inOrder(messages) };
}

/** Checks what a test needs: where the channel leads. It may have no name yet, and goes out at once whatever its times. */
export function checkDraft(values: ChannelFormValues): ChannelFormCheck {
  return checkChannelForm({ ...values, name: values.name.trim() || "New channel", digest: "at_once", hasQuietHours: false }, true);
}

/** When the channel would be written to; null while a time is missing. */
export function timingOf(values: ChannelFormValues): SendTiming | null {
  const { digest, hasQuietHours, timeZone } = values;
  const [digestMinute, fromMinute, untilMinute] = [minuteOf(values.digestTime), minuteOf(values.quietFrom), minuteOf(values.quietUntil)];
  if ([digestMinute, fromMinute, untilMinute].some(Number.isNaN)) return null;
  return { digest, digestMinute, quietHours: hasQuietHours ? { fromMinute, untilMinute } : null, timeZone };
}

/** Messages of the server by its paths → by the form's paths. */
export function serverChannelErrors(errors: Record<string, string>): ChannelFormErrors {
  return inOrder(Object.entries(errors).map(([path, message]) => [formPathOf(path.replace(/^definition\./, "")), message]));
}

/** A stored channel as a definition that changes nothing but what is given: its secret stays. */
export function definitionOf(channel: Channel, change: { enabled: boolean }): ChannelDefinition {
  const check = checkChannelForm(storedChannelForm(channel), change.enabled);
  if (!check.ok) throw new Error(`A stored channel is not valid: ${JSON.stringify(check.errors)}`);
  return check.definition;
}

function targetInput({ kind, recipients, address, token, keepsSecret }: ChannelFormValues): object {
  switch (kind) {
    case "email":
      return { kind, recipients: addressesIn(recipients) };
    case "webhook":
      return { kind, address };
    case "slack":
      // Left out it stays what it is, so that an empty input must not be left out.
      return { kind, ...(keepsSecret ? {} : { address }) };
    case "ntfy":
      return { kind, address, ...(keepsSecret ? {} : { token: token.trim() === "" ? null : token }) };
  }
}

function timingInput({ digest, digestTime, hasQuietHours, quietFrom, quietUntil, timeZone }: ChannelFormValues): object {
  const quietHours = hasQuietHours ? { fromMinute: minuteOf(quietFrom), untilMinute: minuteOf(quietUntil) } : null;
  // What is not looked at must not stand in the way.
  return { digest, ...(digest === "daily" && { digestMinute: minuteOf(digestTime) }), quietHours, timeZone };
}

const PATHS: Record<string, string> = { digestMinute: "digestTime", "quietHours.fromMinute": "quietFrom", "quietHours.untilMinute": "quietUntil" };

function formPathOf(path: string): string {
  return path.startsWith("recipients") ? "recipients" : (PATHS[path] ?? path);
}

/** The inputs from top to bottom. */
const ORDER = ["recipients", "address", "token", "name", "digestTime", "quietFrom", "quietUntil", "timeZone"];

/** In the order of the inputs: the focus goes to the first. Of several messages for one input the first stands there. */
function inOrder(messages: readonly (readonly [path: string, message: string])[]): ChannelFormErrors {
  const errors: ChannelFormErrors = {};
  for (const [path, message] of messages.toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))) errors[path] ??= message;
  return errors;
}

/** An address of several is named, so that it can be found. */
function messageOf({ recipients, address }: ChannelFormValues, { path, message }: z.core.$ZodIssue): string {
  const [part, index] = path;
  // The schema speaks of sources, whose addresses are checked in the same way.
  if (part === "address" && address.trim() === "") return "Enter the address.";
  if (part !== "recipients" || typeof index !== "number") return message;
  return `“${addressesIn(recipients)[index]}” is no e-mail address.`;
}

function addressesIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

function clockOf(minute: number): string {
  return formatLocalClock(minute * MINUTE_MS);
}

/** No number where there is no time: left out it would be the schema's own, and so the schema says what is missing. */
function minuteOf(text: string): number {
  const time = readTimeOfDay(text);
  return time ? time.hour * 60 + time.minute : Number.NaN;
}
