import { decideAlert, type Observation } from "@/domain/alert";
import type { NoticeContent } from "@/domain/notice";
import type { RuleEvent } from "@/domain/notification-rule";
import * as notices from "@/domain/run-notices";
import { hasFailed } from "@/domain/run-status";
import { isUnusuallyEmpty, usualNewCount } from "@/domain/usual-items";
import { findEarlierNewCounts } from "./earlier-counts";
import { countNewMatching } from "./new-matches";
import { type AlertChange, findAlerts, keepAlerts } from "./notification-alerts";
import { countFailedInRow, type EndedRun } from "./run-facts";
import { findSavedView } from "./saved-views";
import type { Tx } from "./transaction";

/** A rule, as far as it is held against what happened. */
export interface JudgedRule {
  id: string;
  event: RuleEvent;
  threshold: number | null;
  recovery: boolean;
  viewId: string | null;
}

/** What a rule has to say. */
export interface RuleNotice {
  content: NoticeContent;
  /** With the rule, what makes it one of a kind. */
  subject: string;
}

/** Whose run it is, and in which times are told. */
interface Judged {
  orgId: string;
  timeZone: string;
}

const HIGHEST_COUNTED = 101;
const MOST_NAMED_ITEMS = 5;

/** Holds a rule against a run that has ended, and keeps what it says fails. In the order in which runs end. */
export async function judgeRun(tx: Tx, { orgId, timeZone }: Judged, rule: JudgedRule, run: EndedRun): Promise<RuleNotice[]> {
  if (rule.event === "source_failing") return judgeSources(tx, orgId, rule, run);
  if (rule.event === "new_items") return judgeNewItems(tx, orgId, rule, run);
  const { seen, alert } = await observeRun(tx, orgId, rule, run);
  const stored = (await findAlerts(tx, orgId, rule.id)).get("");
  const decision = decideAlert(rule, stored ?? null, seen);
  await keepAlerts(tx, { orgId, ruleId: rule.id }, [{ subject: "", open: decision.open }]);
  if (decision.say === "alert") return [{ content: alert, subject: run.row.id }];
  if (decision.say === null || !stored) return [];
  return [{ content: notices.runRecoveredNotice(run.facts, { event: rule.event, since: stored.since }, timeZone), subject: `${run.row.id} recovered` }];
}

interface Observed {
  seen: Observation;
  /** What is said where it went badly. */
  alert: NoticeContent;
}

const NEITHER: Observation = { kind: "neither" };
const GOOD: Observation = { kind: "good" };

async function observeRun(tx: Tx, orgId: string, rule: JudgedRule, { row, facts }: EndedRun): Promise<Observed> {
  const failed = hasFailed(row.status);
  const endedWell = row.status === "succeeded" || row.status === "partial";
  switch (rule.event) {
    case "run_partial": {
      const seen = row.status === "partial" ? ({ kind: "bad", inRow: 1 } as const) : row.status === "succeeded" ? GOOD : NEITHER;
      return { seen, alert: notices.runPartialNotice(facts) };
    }
    case "failures_in_row": {
      const inRow = failed ? await countFailedInRow(tx, row, HIGHEST_COUNTED) : 0;
      return { seen: failed ? { kind: "bad", inRow } : endedWell ? GOOD : NEITHER, alert: notices.failuresInRowNotice(facts, inRow) };
    }
    case "zero_items": {
      const earlier = (await findEarlierNewCounts(tx, orgId, [row])).get(row.id) ?? [];
      const isEmpty = endedWell && isUnusuallyEmpty(row.newCount, earlier);
      const seen = isEmpty ? ({ kind: "bad", inRow: 1 } as const) : endedWell && row.newCount > 0 ? GOOD : NEITHER;
      return { seen, alert: notices.zeroItemsNotice(facts, usualNewCount(earlier) ?? 0) };
    }
    default:
      return { seen: failed ? { kind: "bad", inRow: 1 } : endedWell ? GOOD : NEITHER, alert: notices.runFailedNotice(facts) };
  }
}

/**
 * All sources of the run in one notice, so that a network that is down is one message and not three hundred. Of those that were deleted
 * meanwhile nothing is said: there is nothing to look at.
 */
async function judgeSources(tx: Tx, orgId: string, rule: JudgedRule, { row, sources, facts }: EndedRun): Promise<RuleNotice[]> {
  const alerts = await findAlerts(tx, orgId, rule.id);
  const failedOf = new Map(facts.failedSources.map((source) => [source.id, source]));
  const concerned = sources.filter(({ sourceId }) => failedOf.has(sourceId) || alerts.has(sourceId));
  const changes: AlertChange[] = [];
  const [failing, working]: [notices.FailedSource[], { id: string; name: string }[]] = [[], []];
  for (const { sourceId, name, status } of await onlyThere(tx, orgId, concerned)) {
    const failed = failedOf.get(sourceId);
    const open = alerts.get(sourceId) ?? null;
    const good = status === "succeeded" || status === "not_modified";
    const seen: Observation = failed ? { kind: "bad", inRow: failed.failuresInRow } : good ? GOOD : NEITHER;
    const { say, open: next } = decideAlert(rule, open, seen);
    changes.push({ subject: sourceId, open: next });
    if (say === "alert" && failed) failing.push(failed);
    if (say === "recovery") working.push({ id: sourceId, name });
  }
  await keepAlerts(tx, { orgId, ruleId: rule.id }, changes);
  return [
    ...(failing.length > 0 ? [{ content: notices.sourcesFailingNotice(facts, failing), subject: row.id }] : []),
    ...(working.length > 0 ? [{ content: notices.sourcesRecoveredNotice(facts, working), subject: `${row.id} recovered` }] : []),
  ];
}

/** Those of these sources that are not deleted. */
async function onlyThere<Concerned extends { sourceId: string }>(tx: Tx, orgId: string, sources: readonly Concerned[]): Promise<Concerned[]> {
  if (sources.length === 0) return [];
  const rows = await tx.source.findMany({ where: { orgId, id: { in: sources.map(({ sourceId }) => sourceId) } }, select: { id: true } });
  const there = new Set(rows.map(({ id }) => id));
  return sources.filter(({ sourceId }) => there.has(sourceId));
}

/** A rule whose view was deleted is silent. */
async function judgeNewItems(tx: Tx, orgId: string, { viewId }: JudgedRule, { row, facts }: EndedRun): Promise<RuleNotice[]> {
  const view = viewId !== null && row.newCount > 0 ? await findSavedView(tx, orgId, viewId) : null;
  if (!view) return [];
  const { count, items } = await countNewMatching(tx, orgId, view.filter, row.id, MOST_NAMED_ITEMS);
  return count === 0 ? [] : [{ content: notices.newItemsNotice(facts, view, { count, items }), subject: row.id }];
}
