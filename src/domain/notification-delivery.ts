import { z } from "zod";
import { RECIPIENT_STATES } from "./mail-recipients";
import { ALL_NOTICE_TYPES } from "./notice";
import { channelNameSchema } from "./notification-rule";

/**
 * `waiting` gathers what comes until its digest is due or the quiet hours end; `queued` is sent as soon as may be; `retrying` waits for
 * another attempt; `failed` was given up; `cancelled` was never sent, because the channel was turned off.
 */
export const DELIVERY_STATUSES = ["waiting", "queued", "retrying", "delivered", "failed", "cancelled"] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** Days that notices and deliveries are kept. */
export const DELIVERY_KEPT_DAYS = 30;

const summary = {
  id: z.uuid(),
  channel: channelNameSchema,
  status: z.enum(DELIVERY_STATUSES),
  isTest: z.boolean(),
  /** The first notice's, or "Test message". */
  title: z.string(),
  noticeCount: z.int(),
  /** Attempts so far. */
  attemptCount: z.int(),
  /** Of the last attempt. */
  lastHttpStatus: z.int().nullable(),
  /** Why it was not delivered, in words; null where it was or nothing went wrong yet. */
  message: z.string().nullable(),
  createdAt: z.date(),
  /** When it is sent, or tried again; in the past once it is over. */
  dueAt: z.date(),
  finishedAt: z.date().nullable(),
};

export const deliverySummarySchema = z.object(summary);
export type DeliverySummary = z.infer<typeof deliverySummarySchema>;

/** One attempt to deliver. */
export const deliveryAttemptSchema = z.object({
  /** From 1. */
  number: z.int(),
  at: z.date(),
  durationMs: z.int(),
  /** Null where there was no answer, and for e-mail. */
  httpStatus: z.int().nullable(),
  /** The first 1,000 characters of what was answered. Somebody else's text: shown as text only. */
  answer: z.string().nullable(),
  /** Why it failed, in words; null where it went well. */
  error: z.string().nullable(),
  /** Of mail: for how many recipients the mail server took it in this attempt; null for anything else. */
  takenCount: z.int().nullable(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttemptSchema>;

/** What became of a mail for one of its recipients. */
export const deliveryRecipientSchema = z.object({
  address: z.string(),
  /** `waiting`: is tried again when the message is; once the message is over, does not have it. */
  state: z.enum(RECIPIENT_STATES),
  /** Since when. */
  at: z.date(),
  /** The first 1,000 characters of what the mail server said. Somebody else's text: shown as text only. */
  answer: z.string().nullable(),
  /** Why they do not have it, in words; null where they do, and where it was not tried. */
  error: z.string().nullable(),
});
export type DeliveryRecipient = z.infer<typeof deliveryRecipientSchema>;

/** What a rule said. */
export const noticeSchema = z.object({
  id: z.uuid(),
  /** As webhooks know it, for instance `run.failed`. */
  type: z.string(),
  title: z.string(),
  text: z.string(),
  /** The page that has more. */
  path: z.string(),
  at: z.date(),
});

/** One message: what it says, and every attempt. A test is polled with it until `finishedAt` is set. */
export const deliverySchema = z.object({
  ...summary,
  /** The `webhook-id` that receivers know it by. */
  webhookId: z.string(),
  /** The oldest first. */
  notices: z.array(noticeSchema),
  attempts: z.array(deliveryAttemptSchema),
  /** Of mail, once it was tried: those without it first. */
  recipients: z.array(deliveryRecipientSchema),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveryFilterSchema = z.object({
  channelId: z.uuid().optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
  /** Messages that tell of it, maybe among other things. */
  type: z.enum(ALL_NOTICE_TYPES).optional(),
  limit: z.int().min(1).max(200).default(50),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(30).nullish(),
});
export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>;

/** Newest first. */
export const deliveryPageSchema = z.object({ deliveries: z.array(deliverySummarySchema), nextCursor: z.string().nullable() });
