import { formatInCity } from "./format-time";
import { addressOfConditions } from "./item-address";
import { NOTICE_TYPES, type NoticeContent, RUN_RECOVERED, SOURCE_RECOVERED } from "./notice";
import type { RuleEvent } from "./notification-rule";
import { hasFailed, type RunStatus } from "./run-status";
import type { SavedView } from "./saved-view";

/** A source that failed in a run. */
export interface FailedSource {
  id: string;
  name: string;
  /** Why, in words. */
  message: string | null;
  /** Runs in a row in which it failed, this one included. */
  failuresInRow: number;
}

/** A run that has ended, as notices tell of it. */
export interface RunFacts {
  id: string;
  number: number;
  status: RunStatus;
  presetName: string | null;
  message: string | null;
  sourceCount: number;
  newCount: number;
  /** In the preset's order. */
  failedSources: readonly FailedSource[];
}

/** Sources that are named one by one; of more only the number is told. */
const MOST_NAMED = 10;

const runPath = ({ id }: RunFacts) => `/runs/${id}`;

function runData(run: RunFacts): NoticeContent["data"] {
  const { id, number, status, presetName, message, sourceCount, newCount, failedSources } = run;
  return {
    run: { id, number, status, preset: presetName, message, sources: sourceCount, failedSources: failedSources.length, newItems: newCount },
    sources: failedSources
      .slice(0, MOST_NAMED)
      .map((source) => ({ id: source.id, name: source.name, message: source.message, failuresInRow: source.failuresInRow })),
  };
}

/** One run that failed, ran out of time or was abandoned. */
export function runFailedNotice(run: RunFacts): NoticeContent {
  return { type: NOTICE_TYPES.run_failed, title: `Run ${run.number} ${failedHow(run.status)}`, text: linesOf(run), path: runPath(run), data: runData(run) };
}

/** One run of which some sources failed. */
export function runPartialNotice(run: RunFacts): NoticeContent {
  const title = `Run ${run.number}: ${countSources(run.failedSources.length)} of ${run.sourceCount} failed`;
  return { type: NOTICE_TYPES.run_partial, title, text: linesOf(run), path: runPath(run), data: runData(run) };
}

/** Several runs that failed one after the other; the last one is told of. */
export function failuresInRowNotice(run: RunFacts, count: number): NoticeContent {
  const data = { ...runData(run), failuresInRow: count };
  return {
    type: NOTICE_TYPES.failures_in_row,
    title: `${count} runs in a row failed`,
    text: `The last one was run ${run.number}.\n${linesOf(run)}`,
    path: runPath(run),
    data,
  };
}

/** A run that brought nothing new though runs usually do. */
export function zeroItemsNotice(run: RunFacts, usualNewCount: number): NoticeContent {
  const text = `${ofPreset(run)}Runs before it usually brought ${countItems(usualNewCount)}. The pages of a source may have changed without any error: look at its items.`;
  const data = { ...runData(run), usualNewItems: usualNewCount };
  return { type: NOTICE_TYPES.zero_items, title: `Run ${run.number} brought nothing new`, text, path: runPath(run), data };
}

/** What is said of runs that do again what a rule said that they do not. */
const RECOVERED_TITLES: Partial<Record<RuleEvent, string>> = { run_partial: "Runs are complete again", zero_items: "Runs bring something new again" };

/** Runs do again what a rule about this event said that they do not. */
export function runRecoveredNotice(run: RunFacts, { event, since }: { event: RuleEvent; since: Date }, timeZone: string): NoticeContent {
  const text = `${ofPreset(run)}Run ${run.number} ended well, and so did the one before it. It brought ${countItems(run.newCount)}. The trouble began on ${formatInCity(since, timeZone)}.`;
  const data = { ...runData(run), since: since.toISOString() };
  return { type: RUN_RECOVERED, title: RECOVERED_TITLES[event] ?? "Runs work again", text, path: runPath(run), data };
}

/** Sources that failed, one or several runs in a row. */
export function sourcesFailingNotice(run: RunFacts, failing: readonly FailedSource[]): NoticeContent {
  const [first] = failing;
  const isLasting = failing.every(({ failuresInRow }) => failuresInRow > 1);
  const several = `${countSources(failing.length)} ${isLasting ? "fail run after run" : "failed"}`;
  const title = failing.length === 1 && first ? `“${first.name}” failed${inRow(first, " ")}` : several;
  const text = nameAll(failing, (source) => `${source.name}${inRow(source, ", ")}: ${source.message ?? "no reason is known."}`);
  const path = failing.length === 1 && first ? `/sources/${first.id}` : "/sources?show=failing";
  return { type: NOTICE_TYPES.source_failing, title, text, path, data: runData({ ...run, failedSources: failing }) };
}

/** Sources that are collected again, of which a rule said that they fail. */
export function sourcesRecoveredNotice(run: RunFacts, working: readonly { id: string; name: string }[]): NoticeContent {
  const [first] = working;
  const title = working.length === 1 && first ? `“${first.name}” works again` : `${countSources(working.length)} work again`;
  const text = `Collected in run ${run.number} and in the one before it:\n${nameAll(working, ({ name }) => name)}`;
  const path = working.length === 1 && first ? `/sources/${first.id}` : "/sources";
  const sources = working.slice(0, MOST_NAMED).map(({ id, name }) => ({ id, name }));
  return { type: SOURCE_RECOVERED, title, text, path, data: { run: { id: run.id, number: run.number }, sources } };
}

/** How many new items match, and the first of them. */
export interface MatchedItems {
  count: number;
  items: readonly { title: string | null; url: string | null }[];
}

/** New items of a run that match a saved view. */
export function newItemsNotice(run: RunFacts, view: Pick<SavedView, "id" | "name" | "filter">, { count, items }: MatchedItems): NoticeContent {
  const named = items.map(({ title, url }) => `- ${[title ?? "Without a title", url].filter((part) => part !== null).join(" ")}`);
  const rest = count > items.length ? [`- and ${count - items.length} more`] : [];
  const text = [`Run ${run.number} brought ${countItems(count)} for the saved view “${view.name}”.`, ...named, ...rest].join("\n");
  const told = items.map(({ title, url }) => ({ title, url }));
  const data = { run: { id: run.id, number: run.number }, view: { id: view.id, name: view.name }, newItems: count, items: told };
  return { type: NOTICE_TYPES.new_items, title: `${countItems(count)} in “${view.name}”`, text, path: matchesPath(run, view), data };
}

/** What the run brought of the view. */
function matchesPath({ id: runId }: RunFacts, { filter }: Pick<SavedView, "filter">): string {
  return `/items?${new URLSearchParams(addressOfConditions({ ...filter, runId }))}`;
}

function failedHow(status: RunStatus): string {
  if (status === "timed_out") return "ran out of time";
  return status === "abandoned" ? "was abandoned" : "failed";
}

function linesOf(run: RunFacts): string {
  const named = nameAll(run.failedSources, ({ name, message }) => `${name}: ${message ?? "no reason is known."}`);
  return [`${ofPreset(run)}${run.message ?? whatFailed(run)}`, named].filter((line) => line !== "").join("\n");
}

/** What failed, and what that means for what was to be collected. A run that failed without a word of its own did so because all of its sources did. */
function whatFailed({ status, failedSources, sourceCount, newCount }: RunFacts): string {
  const failed = failedSources.length;
  if (hasFailed(status))
    return failed === 1 ? "Its only source failed, so nothing was collected." : `All ${countSources(failed)} failed, so nothing was collected.`;
  return `${failed} of ${countSources(sourceCount)} failed. The others brought ${newCount === 0 ? "nothing new" : countItems(newCount)}.`;
}

const ofPreset = ({ presetName }: RunFacts) => (presetName === null ? "" : `Preset “${presetName}”. `);

function nameAll<T>(all: readonly T[], line: (one: T) => string): string {
  const lines = all.slice(0, MOST_NAMED).map((one) => `- ${line(one)}`);
  if (all.length > MOST_NAMED) lines.push(`- and ${all.length - MOST_NAMED} more`);
  return lines.join("\n");
}

const inRow = ({ failuresInRow }: FailedSource, before: string) => (failuresInRow === 1 ? "" : `${before}${failuresInRow} runs in a row`);
const countSources = (count: number) => (count === 1 ? "1 source" : `${count} sources`);
const countItems = (count: number) => (count === 1 ? "1 new item" : `${count} new items`);
