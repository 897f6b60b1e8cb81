import { MINUTE_MS } from "@/domain/calendar-days";
import { type Happening, happeningSchema, RULES_ABOUT } from "@/domain/notification-event";
import { RULE_EVENTS } from "@/domain/notification-rule";
import * as notices from "@/domain/schedule-notices";
import type { NotificationEvent } from "@/generated/prisma/client";
import { attempt } from "./attempt";
import { type JudgedRule, judgeRun, type RuleNotice } from "./judge-run";
import { gatherNotice } from "./notice-deliveries";
import { lockAlerts } from "./notification-alerts";
import { enqueueChannels, enqueueEvents } from "./queue";
import { findEndedRun } from "./run-facts";
import type { Tx } from "./transaction";

/** Events that one transaction looks at. */
const BATCH = 100;
/** So long an event that rules cannot be held against is tried again and holds up what came after it, which may depend on it. */
const HELD_UP_MS = 5 * MINUTE_MS;
/** What a scheduler that is back writes into the ledger within this belongs to its absence. */
const LATE_ROWS = "5 minutes";

/** A rule, or all of them, that could not be held against an event. */
export interface FailedJudgement {
  kind: string;
  subject: string;
  /** Null where it is not known which one it is. */
  ruleId: string | null;
  reason: unknown;
}

/** What became of the events that were looked at. */
export interface Judged {
  /** Those that are over. */
  count: number;
  failures: FailedJudgement[];
}

/**
 * Holds the organization's rules against what was announced, in the order in which it happened, and writes what they have to say with the
 * messages that carry it, all in this transaction: a process that dies has done all of it or nothing. An event for which that fails is left,
 * with those after it, for the next look; after 5 minutes the rule alone that it fails for is passed over.
 */
export async function judgeEvents(tx: Tx, orgId: string): Promise<Judged> {
  await lockAlerts(tx, orgId);
  const events = await tx.notificationEvent.findMany({ where: { orgId }, orderBy: { id: "asc" }, take: BATCH });
  if (events.length === 0) return { count: 0, failures: [] };
  const judging: Judging = { rules: await listJudgedRules(tx, orgId), timeZone: await findTimeZone(tx, orgId), channelIds: new Set() };
  const { done, failures } = await judgeInOrder(tx, events, judging);
  await tx.notificationEvent.deleteMany({ where: { orgId, id: { in: done } } });
  await enqueueChannels(tx, [...judging.channelIds]);
  if (done.length === BATCH) await enqueueEvents(tx, [orgId]);
  return { count: done.length, failures };
}

interface Judging {
  rules: readonly JudgedRule[];
  /** In which times are told: the schedule's; without a schedule the organization's. */
  timeZone: string;
  /** On which something is to be sent. */
  channelIds: Set<string>;
}

async function judgeInOrder(tx: Tx, events: readonly NotificationEvent[], judging: Judging): Promise<{ done: bigint[]; failures: FailedJudgement[] }> {
  const [done, failures]: [bigint[], FailedJudgement[]] = [[], []];
  const [{ now }] = await tx.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  for (const event of events) {
    const reason = await attempt(tx, () => judgeEvent(tx, event, judging));
    const isYoung = now.getTime() - event.at.getTime() < HELD_UP_MS;
    if (reason !== null && isYoung) return { done, failures: [...failures, { kind: event.kind, subject: event.subject, ruleId: null, reason }] };
    if (reason !== null) failures.push(...(await judgeByRule(tx, event, judging)));
    done.push(event.id);
  }
  return { done, failures };
}

/** Each rule by itself, so that the one that cannot be held against the event silences no other. */
async function judgeByRule(tx: Tx, event: NotificationEvent, judging: Judging): Promise<FailedJudgement[]> {
  const failures: FailedJudgement[] = [];
  for (const rule of judging.rules) {
    const reason = await attempt(tx, () => judgeEvent(tx, event, { ...judging, rules: [rule] }));
    if (reason !== null) failures.push({ kind: event.kind, subject: event.subject, ruleId: rule.id, reason });
  }
  return failures;
}

/** What a newer Milkrun announced is passed over. */
async function judgeEvent(tx: Tx, { orgId, kind, data, subject, at }: NotificationEvent, { rules, timeZone, channelIds }: Judging): Promise<void> {
  const happening = happeningSchema.safeParse({ ...(data as object), kind }).data;
  if (!happening) return;
  const concerned = rules.filter(({ event }) => RULES_ABOUT[happening.kind].includes(event));
  if (concerned.length === 0) return;
  const hold = await holdAgainst(tx, { orgId, subject, timeZone }, happening);
  for (const rule of concerned) {
    for (const notice of await hold(rule)) for (const id of await gatherNotice(tx, { orgId, ruleId: rule.id, at }, notice)) channelIds.add(id);
  }
}

type Hold = (rule: JudgedRule) => Promise<RuleNotice[]>;

/** What is read once, whatever the number of rules. */
async function holdAgainst(tx: Tx, about: { orgId: string; subject: string; timeZone: string }, happening: Happening): Promise<Hold> {
  const { orgId, subject, timeZone } = about;
  const always =
    (content: RuleNotice["content"] | null): Hold =>
    async () =>
      content ? [{ content, subject }] : [];
  switch (happening.kind) {
    case "run_ended": {
      const run = await findEndedRun(tx, orgId, happening.runId);
      return async (rule) => (run ? judgeRun(tx, { orgId, timeZone }, rule, run) : []);
    }
    case "slot_missed":
      return always(await findMissed(tx, orgId, happening.runId, timeZone));
    case "auto_paused":
      return always(notices.autoPausedNotice(happening.note));
    case "schedule_changed":
      return always(notices.scheduleChangedNotice(happening, timeZone));
    case "export_ready":
      return always(notices.exportReadyNotice(happening, timeZone));
    case "scheduler_silent":
      return always(notices.schedulerDownNotice(happening.from, timeZone));
    case "scheduler_down":
      return always(notices.schedulerWasDownNotice({ ...happening, missedSlots: await countMissed(tx, orgId, happening) }, timeZone));
  }
}

async function findMissed(tx: Tx, orgId: string, runId: string, timeZone: string) {
  const row = await tx.run.findUnique({ where: { orgId_id: { orgId, id: runId } } });
  if (!row?.slotAt) return null;
  const { id, number, slotAt, spanStartAt, missedCount } = row;
  return notices.slotMissedNotice({ runId: id, number, from: spanStartAt ?? slotAt, until: slotAt, count: missedCount }, timeZone);
}

async function countMissed(tx: Tx, orgId: string, { from, until }: { from: Date; until: Date }): Promise<number> {
  const [{ count }] = await tx.$queryRaw<[{ count: number }]>`
    select coalesce(sum(missed_count), 0)::int as count from run
    where org_id = ${orgId}::uuid and status = 'missed' and queued_at between ${from}::timestamptz and ${until}::timestamptz + ${LATE_ROWS}::interval`;
  return count;
}

/** A rule is changed or deleted before or after: what it says fails is kept, and forgotten, with it. */
async function listJudgedRules(tx: Tx, orgId: string): Promise<JudgedRule[]> {
  await tx.$executeRaw`select 1 from notification_rule where org_id = ${orgId}::uuid order by id for share`;
  const rows = await tx.notificationRule.findMany({ where: { orgId, enabled: true }, orderBy: { createdAt: "asc" } });
  return rows.flatMap((row) => {
    const event = RULE_EVENTS.find((each) => each === row.event);
    return event ? [{ ...row, event }] : [];
  });
}

async function findTimeZone(tx: Tx, orgId: string): Promise<string> {
  const { timeZone, schedule } = await tx.organization.findUniqueOrThrow({
    where: { id: orgId },
    select: { timeZone: true, schedule: { select: { timeZone: true } } },
  });
  return schedule?.timeZone ?? timeZone;
}
