import { z } from "zod";
import { channelDefinitionSchema } from "./notification-channel";

/** A channel as a person's form holds it; `channelId` is the stored one that is being changed, null where there is none yet. */
export const channelDraftSchema = z.object({ channelId: z.uuid("Pick a channel from the list.").nullable(), definition: channelDefinitionSchema });
export type ChannelDraft = z.infer<typeof channelDraftSchema>;

/** So long a person waits for what comes of it: many recipients of a mail take longer than one answer. What has not begun by then is not sent any more. */
export const DRAFT_TEST_WITHIN_MS = 50_000;

/** What came of a test message with values that are not saved. */
export const draftTestResultSchema = z.object({
  ok: z.boolean(),
  /** Null where there was no answer, and for e-mail. */
  httpStatus: z.int().nullable(),
  /** The first 1,000 characters of what was answered. Somebody else's text: shown as text only. */
  answer: z.string().nullable(),
  /** Why it was not delivered, in words; null where it was. */
  error: z.string().nullable(),
  durationMs: z.int(),
});
export type DraftTestResult = z.infer<typeof draftTestResultSchema>;

/** For the page: `isKeyMade` says that a webhook was signed with a key of this test only, which no receiver knows. */
export const draftTestAnswerSchema = draftTestResultSchema.extend({ isKeyMade: z.boolean() });
export type DraftTestAnswer = z.infer<typeof draftTestAnswerSchema>;
