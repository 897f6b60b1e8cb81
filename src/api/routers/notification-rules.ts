import { z } from "zod";
import { changesBetween } from "@/db/audit";
import { createRule, deleteRule, listRules, updateRule } from "@/db/notification-rules";
import { type Rule, type RuleEvent, ruleDefinitionSchema, rulePreviewInputSchema, rulePreviewSchema, ruleSchema } from "@/domain/notification-rule";
import { inTransaction, signedInProcedure } from "../init";
import { previewRule } from "../preview-rule";

const ruleId = z.object({ id: z.uuid("Pick a rule from the list.") });

/** For the audit. */
const EVENT_WORDS: Record<RuleEvent, string> = {
  run_failed: "runs that fail",
  run_partial: "runs that fail in part",
  failures_in_row: "several failed runs in a row",
  zero_items: "runs that bring nothing new",
  source_failing: "sources that fail run after run",
  slot_missed: "missed slots",
  auto_paused: "pauses by Milkrun",
  schedule_changed: "changes of the schedule",
  new_items: "new items of a saved view",
  export_ready: "exports that are ready",
  scheduler_down: "times without a scheduler",
};

export const notificationRules = {
  rules: signedInProcedure
    .use(inTransaction("notification.read"))
    .output(z.array(ruleSchema))
    .query(({ ctx }) => listRules(ctx.tx, ctx.orgId)),

  createRule: signedInProcedure
    .input(ruleDefinitionSchema)
    .use(inTransaction("notification.manage"))
    .output(ruleSchema)
    .mutation(async ({ ctx, input }) => {
      const rule = await createRule(ctx.tx, ctx.orgId, input);
      await ctx.audit({ action: "notification.createRule", subjectId: rule.id, summary: `Created a rule about ${EVENT_WORDS[rule.event]}` });
      return rule;
    }),

  updateRule: signedInProcedure
    .input(ruleId.extend({ definition: ruleDefinitionSchema }))
    .use(inTransaction("notification.manage"))
    .output(ruleSchema)
    .mutation(async ({ ctx, input: { id, definition } }) => {
      const { rule, before } = await updateRule(ctx.tx, ctx.orgId, id, definition);
      const changes = changesBetween(audited(before), audited(rule), ["event", "threshold", "viewId", "recovery", "enabled", "channels"]);
      await ctx.audit({ action: "notification.updateRule", subjectId: id, summary: `Changed the rule about ${EVENT_WORDS[rule.event]}`, changes });
      return rule;
    }),

  deleteRule: signedInProcedure
    .input(ruleId)
    .use(inTransaction("notification.manage"))
    .output(z.object({ deleted: z.literal(true) }))
    .mutation(async ({ ctx, input: { id } }) => {
      const { event } = await deleteRule(ctx.tx, ctx.orgId, id);
      await ctx.audit({ action: "notification.deleteRule", subjectId: id, summary: `Deleted the rule about ${EVENT_WORDS[event]}` });
      return { deleted: true };
    }),

  previewRule: signedInProcedure
    .input(rulePreviewInputSchema)
    .use(inTransaction("notification.read"))
    .output(rulePreviewSchema)
    .query(async ({ ctx, input }) => {
      const { id, name, timeZone } = ctx.member.organization;
      const context = { baseUrl: ctx.settings.baseUrl, organization: { id, name }, channelName: "Example", timeZone };
      return previewRule(ctx.tx, { ...input, now: await ctx.db.now(), context });
    }),
};

/** The audit names channels. */
function audited(rule: Rule) {
  return { ...rule, channels: rule.channels.map(({ name }) => name) };
}
