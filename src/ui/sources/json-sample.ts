import type { JsonValue } from "@/domain/item";
import { readJson } from "@/domain/json-text";
import { fieldNameOf, shortened } from "@/domain/sample-texts";

/** A value of a page of an API, with the JSONata expression that finds it. */
export interface SampleField {
  expression: string;
  /** For a further field: letters, digits and underscores. */
  name: string;
  /** The value in the first item, as text. */
  sample: string;
}

/** A list on the page that could be the list of items. */
export interface SampleList {
  /** Empty: the page itself. */
  expression: string;
  count: number;
}

export interface JsonSample {
  lists: SampleList[];
  /** Of the items of the chosen list; empty where the list cannot be told. */
  fields: SampleField[];
}

type Fields = { [key: string]: JsonValue };

const [DEEPEST, MOST_FIELDS] = [3, 80];

/** What can be picked from a page of an API; null when it is no JSON, for instance because only its beginning is known. */
export function readJsonSample(body: string, itemsExpression: string): JsonSample | null {
  const page = parse(body);
  if (page === undefined) return null;
  const lists = listsIn(page, []);
  const chosen = lists.find(({ path }) => expressionOf(path) === itemsExpression.trim()) ?? (itemsExpression.trim() === "" ? lists[0] : undefined);
  const fields = chosen ? fieldsIn(chosen.first, []).slice(0, MOST_FIELDS) : [];
  return { lists: lists.map(({ path, count }) => ({ expression: expressionOf(path), count })), fields };
}

function parse(body: string): JsonValue | undefined {
  try {
    return readJson(body) as JsonValue;
  } catch {
    return undefined;
  }
}

interface FoundList {
  path: string[];
  count: number;
  first: Fields;
}

/** Lists of objects, the outer ones first. */
function listsIn(value: JsonValue, path: string[]): FoundList[] {
  if (Array.isArray(value)) return value.some(isFields) ? [{ path, count: value.length, first: mergedFirst(value) }] : [];
  if (!isFields(value) || path.length > DEEPEST) return [];
  return Object.entries(value).flatMap(([key, inner]) => listsIn(inner, [...path, key]));
}

/** The first item, with what it lacks and the next ones have. */
function mergedFirst(list: readonly JsonValue[]): Fields {
  const merged: Fields = {};
  for (const item of list.slice(0, 5).filter(isFields)) for (const [key, value] of Object.entries(item)) merged[key] ??= value;
  return merged;
}

function fieldsIn(item: Fields, path: string[]): SampleField[] {
  return Object.entries(item).flatMap(([key, value]) => {
    const inner = [...path, key];
    if (isFields(value)) return inner.length < DEEPEST ? fieldsIn(value, inner) : [];
    if (Array.isArray(value) && value.some((each) => typeof each === "object")) return [];
    return [{ expression: expressionOf(inner), name: fieldNameOf(inner.join("_")), sample: sampleOf(value) }];
  });
}

function sampleOf(value: JsonValue): string {
  return shortened(typeof value === "string" ? value : JSON.stringify(value));
}

/** JSONata takes names that are no words in backticks. */
function expressionOf(path: readonly string[]): string {
  return path.map((key) => (/^[A-Za-z_]\w*$/.test(key) && !["and", "or", "in", "true", "false", "null"].includes(key) ? key : `\`${key}\``)).join(".");
}

function isFields(value: JsonValue | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
