import { AppError } from "@/domain/errors";
import { hasThreshold, RULE_EVENTS, RULE_THRESHOLDS, type Rule, type RuleDefinition, type RuleEvent, recovers } from "@/domain/notification-rule";
import type { Prisma } from "@/generated/prisma/client";
import { findSavedView } from "./saved-views";
import type { Tx } from "./transaction";

const MOST_RULES = 100;

const withChannels = {
  channels: { select: { channel: { select: { id: true, name: true, kind: true, enabled: true } } } },
  _count: { select: { alerts: true } },
} satisfies Prisma.NotificationRuleInclude;

type Row = Prisma.NotificationRuleGetPayload<{ include: typeof withChannels }>;

const isRuleEvent = (event: string): event is RuleEvent => RULE_EVENTS.some((each) => each === event);

/** The organization's rules, the oldest first. Those that a newer Milkrun stored are left out. */
export async function listRules(tx: Tx, orgId: string): Promise<Rule[]> {
  const rows = await tx.notificationRule.findMany({ where: { orgId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }], include: withChannels });
  return toRules(tx, orgId, rows);
}

/** @throws AppError `not_found` when the organization has no such rule. */
async function getRule(tx: Tx, orgId: string, id: string): Promise<Rule> {
  const row = await tx.notificationRule.findUnique({ where: { orgId_id: { orgId, id } }, include: withChannels });
  const [rule] = row ? await toRules(tx, orgId, [row]) : [];
  if (!rule) throw new AppError("not_found", "This rule no longer exists. Reload the page to see the ones there are.");
  return rule;
}

/** @throws AppError `validation` at `channelIds` or `viewId` when one is not there, or when there are 100 rules. */
export async function createRule(tx: Tx, orgId: string, definition: RuleDefinition): Promise<Rule> {
  const count = await tx.notificationRule.count({ where: { orgId } });
  if (count >= MOST_RULES) throw new AppError("validation", `There are ${count} rules already, so no other one was made. Delete one that nobody needs.`);
  await requireChannels(tx, orgId, definition.channelIds);
  await requireView(tx, orgId, definition);
  const { id } = await tx.notificationRule.create({ data: { orgId, ...columnsOf(definition) }, select: { id: true } });
  await setChannels(tx, orgId, id, definition.channelIds);
  return getRule(tx, orgId, id);
}

/**
 * What it has said fails is forgotten when it is about something else from now on, and when it is turned off.
 * @throws AppError as `createRule` does; `not_found`
 */
export async function updateRule(tx: Tx, orgId: string, id: string, definition: RuleDefinition): Promise<{ rule: Rule; before: Rule }> {
  const before = await getRule(tx, orgId, id);
  await requireChannels(tx, orgId, definition.channelIds);
  await requireView(tx, orgId, definition);
  await tx.notificationRule.update({ where: { orgId_id: { orgId, id } }, data: columnsOf(definition) });
  await tx.notificationRuleChannel.deleteMany({ where: { orgId, ruleId: id } });
  await setChannels(tx, orgId, id, definition.channelIds);
  if (definition.event !== before.event || !definition.enabled) await tx.notificationAlert.deleteMany({ where: { orgId, ruleId: id } });
  return { rule: await getRule(tx, orgId, id), before };
}

/** What it said stays, and so do the messages on their way. @throws AppError `not_found` */
export async function deleteRule(tx: Tx, orgId: string, id: string): Promise<Rule> {
  const rule = await getRule(tx, orgId, id);
  await tx.notificationRule.delete({ where: { orgId_id: { orgId, id } } });
  return rule;
}

function columnsOf({ event, threshold, viewId, recovery, enabled }: RuleDefinition) {
  return {
    event,
    threshold: hasThreshold(event) ? (threshold ?? RULE_THRESHOLDS[event].proposed) : null,
    viewId: event === "new_items" ? (viewId ?? null) : null,
    recovery: recovery && recovers(event),
    enabled,
  };
}

async function requireChannels(tx: Tx, orgId: string, channelIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(channelIds)];
  const count = await tx.notificationChannel.count({ where: { orgId, id: { in: wanted } } });
  if (count < wanted.length)
    throw new AppError("validation", "One of these channels no longer exists. Reload the page and choose again.", { field: "channelIds" });
}

/** A rule whose view was deleted can be turned off. */
async function requireView(tx: Tx, orgId: string, { event, viewId, enabled }: RuleDefinition): Promise<void> {
  if (event !== "new_items" || !viewId || !enabled || (await findSavedView(tx, orgId, viewId))) return;
  throw new AppError("validation", "This view no longer exists. Pick another one.", { field: "viewId" });
}

async function setChannels(tx: Tx, orgId: string, ruleId: string, channelIds: readonly string[]): Promise<void> {
  await tx.notificationRuleChannel.createMany({ data: [...new Set(channelIds)].map((channelId) => ({ orgId, ruleId, channelId })) });
}

async function toRules(tx: Tx, orgId: string, rows: readonly Row[]): Promise<Rule[]> {
  const lastAt = await tx.notice.groupBy({ by: ["ruleId"], where: { orgId, ruleId: { in: rows.map(({ id }) => id) } }, _max: { at: true } });
  const views = await tx.savedView.findMany({ where: { orgId, id: { in: rows.flatMap(({ viewId }) => viewId ?? []) } }, select: { id: true, name: true } });
  const viewOf = new Map(views.map(({ id, name }) => [id, name]));
  const lastOf = new Map(lastAt.map(({ ruleId, _max }) => [ruleId, _max.at]));
  return rows.flatMap(({ _count, channels, event, ...row }) => {
    if (!isRuleEvent(event)) return [];
    const names = channels.map(({ channel }) => channel).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return [
      {
        ...row,
        event,
        viewName: (row.viewId && viewOf.get(row.viewId)) || null,
        channels: names,
        openAlerts: _count.alerts,
        lastNoticeAt: lastOf.get(row.id) ?? null,
      },
    ];
  });
}
