import { startDraftTest } from "@/db/draft-tests";
import { type ChannelDraft, DRAFT_TEST_WITHIN_MS, type DraftTestAnswer, draftTestResultSchema } from "@/domain/draft-test";
import { type ChannelDefinition, maskAddress } from "@/domain/notification-channel";
import { awaitTest } from "./await-test";
import type { ApiContext } from "./context";
import { asMember, type MemberSession } from "./init";

const UNANSWERED = "No worker answered in time. The message may arrive all the same. Look at the System page, then try again.";

/**
 * Has a worker send a test message with the values on a person's screen, and waits for what the receiver answers. Stores nothing; the audit
 * says to whom it was sent.
 * @throws AppError `forbidden`, `rate_limited`, `validation`, `not_found`, `unavailable`
 */
export async function testDraft(ctx: ApiContext & { session: MemberSession }, draft: ChannelDraft, signal?: AbortSignal): Promise<DraftTestAnswer> {
  const { organizationId: orgId } = ctx.session;
  let isKeyMade = false;
  const start = (testId: string) =>
    asMember(ctx, ctx.session, "notification.manage", async ({ tx, audit }) => {
      ({ isKeyMade } = await startDraftTest(tx, ctx.db.keys, { orgId, testId }, draft));
      const { channelId, definition } = draft;
      const summary = `Sent a test message to ${receiverOf(definition)}, with values that are not saved`;
      await audit({ action: "notification.testDraft", ...(channelId && { subjectId: channelId }), summary });
    });
  const result = await awaitTest(ctx.db, { orgId, start, signal, giveUpMs: DRAFT_TEST_WITHIN_MS, unanswered: UNANSWERED });
  return { ...draftTestResultSchema.parse(result), isKeyMade };
}

/** Nothing secret: of a Slack-style webhook the site. */
function receiverOf(definition: ChannelDefinition): string {
  if (definition.kind === "email") return definition.recipients.join(", ");
  if (definition.address === undefined) return "the stored address";
  return definition.kind === "slack" ? maskAddress(definition.address) : definition.address;
}
