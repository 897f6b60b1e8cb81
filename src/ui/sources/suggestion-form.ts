import type { SourceSuggestion } from "@/domain/address-check";
import { sourceDefinitionSchema } from "@/domain/source";
import { type SourceFormValues, sourceFormOf } from "./source-form-values";

/** The form with a suggestion in it. What belongs to the person stays: the name if one was typed, headers, and the switches. */
export function takeSuggestion(values: SourceFormValues, suggestion: SourceSuggestion): SourceFormValues {
  const { kind, url, config } = suggestion;
  const { enabled, ignoreRobots, completeList, everyRun, limits, headers } = values;
  const name = values.name.trim() === "" ? suggestion.name : values.name;
  const definition = sourceDefinitionSchema.safeParse({ kind, url, name: suggestion.name, config });
  // What is incomplete, such as a page whose items have no selector yet, leaves the other inputs as they are.
  const filled = definition.success ? sourceFormOf(definition.data) : { ...values, kind, url };
  return { ...filled, name, enabled, ignoreRobots, completeList, everyRun, limits, headers };
}

/** Those first that the address alone tells, then those that were found there, each once. */
export function mergeSuggestions(known: SourceSuggestion[], found: SourceSuggestion[]): SourceSuggestion[] {
  const sameAs = (one: SourceSuggestion) => (other: SourceSuggestion) => one.url === other.url && one.kind === other.kind && one.label === other.label;
  const isFeedOf = (one: SourceSuggestion) => (other: SourceSuggestion) => one.kind === "feed" && one.url === other.url;
  return [...known, ...found.filter((one) => !known.some(isFeedOf(one)))].filter((one, index, all) => all.findIndex(sameAs(one)) === index);
}
