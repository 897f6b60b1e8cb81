import { findNewestNotice } from "@/db/notices";
import type { Tx } from "@/db/transaction";
import { exampleNotice } from "@/domain/example-notices";
import { NOTICE_TYPES, type SentNotice } from "@/domain/notice";
import { mailParts, mailText } from "@/domain/notice-mail";
import { type MessageContext, webhookBody } from "@/domain/notice-message";
import { hasThreshold, RULE_THRESHOLDS, type RuleEvent, type RulePreview } from "@/domain/notification-rule";
import { pushMessage } from "@/domain/push-message";
import { slackText } from "@/domain/slack-text";

interface PreviewOptions {
  event: RuleEvent;
  threshold?: number | null | undefined;
  now: Date;
  context: MessageContext;
}

/** The message that a rule would send: of the newest event of its kind, or of a made-up one. */
export async function previewRule(tx: Tx, { event, threshold, now, context }: PreviewOptions): Promise<RulePreview> {
  const newest = await findNewestNotice(tx, context.organization.id, NOTICE_TYPES[event]);
  const proposed = hasThreshold(event) ? RULE_THRESHOLDS[event].proposed : 1;
  const notice: SentNotice = newest ?? {
    id: EXAMPLE_ID,
    at: now,
    ...exampleNotice(event, { now, timeZone: context.timeZone, threshold: threshold ?? proposed }),
  };
  const mail = mailParts([notice], context);
  return {
    isExample: newest === null,
    push: pushMessage([notice], context),
    mail: { subject: mail.subject, text: mailText(mail) },
    webhook: JSON.stringify(webhookBody([notice], context), null, 2),
    slack: slackText([notice], context),
  };
}

const EXAMPLE_ID = "00000000-0000-4000-8000-000000000000";
