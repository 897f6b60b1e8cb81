import type { HtmlElement } from "./html-element";
import { selectorWithin } from "./html-selector";
import type { ElementFacts } from "./html-survey";

/** What holds for such a share of the items is a rule. */
export const MOST = 0.6;
/** Of addresses and titles: a few may be there twice. */
const DISTINCT = 0.8;

/** Whether it holds for so many that the others are exceptions. */
export function holdsForMost(items: readonly ElementFacts[], holds: (facts: ElementFacts) => boolean): boolean {
  return items.filter(holds).length >= items.length * MOST;
}

/** Whether hardly two are alike; what is missing counts as alike. */
export function areDistinct(values: readonly (string | null | undefined)[]): boolean {
  return new Set(values.filter((value) => value != null)).size >= values.length * DISTINCT;
}

/** The selector by which most of the items have what is wanted; null where there is none. */
export function commonSelector(items: readonly ElementFacts[], wanted: (facts: ElementFacts) => HtmlElement | null | undefined): string | null {
  const targets = items.map((facts) => [facts.element, wanted(facts) ?? null] as const);
  const selectors = new Set(targets.flatMap(([item, target]) => (target && target !== item ? (selectorWithin(item, target) ?? []) : [])));
  const counts = [...selectors].map((selector) => ({
    selector,
    count: targets.filter(([item, target]) => target !== null && item.querySelector(selector) === target).length,
  }));
  const best = counts.sort((one, other) => other.count - one.count)[0];
  return best && best.count >= items.length * MOST ? best.selector : null;
}
