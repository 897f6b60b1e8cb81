import type { JsonValue } from "@/domain/item";
import type { SourceTestResult } from "@/domain/source-test";

/** An item as a test shows it. */
export type TestedItem = Extract<SourceTestResult, { ok: true }>["items"][number];

/** In how many items a field holds something. */
export interface FieldFill {
  name: string;
  filled: number;
  total: number;
}

/** How well each field is filled, over the items that a test shows: an empty field is how a wrong selector looks. */
export function fieldFill(items: readonly TestedItem[]): FieldFill[] {
  const count = (name: string, holds: (item: TestedItem) => boolean) => ({ name, filled: items.filter(holds).length, total: items.length });
  const names = [...new Set(items.flatMap((item) => Object.keys(item.fields)))];
  return [
    count("title", (item) => hasValue(item.title)),
    count("link", (item) => hasValue(item.url)),
    count("date", (item) => hasValue(item.publishedAt)),
    ...names.map((name) => count(name, (item) => hasValue(item.fields[name]))),
  ];
}

/** "date: 3 of 10 missing", or "title: all 10" */
export function fillWords({ name, filled, total }: FieldFill): string {
  return filled === total ? `${name}: all ${total}` : `${name}: ${total - filled} of ${total} missing`;
}

function hasValue(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !Array.isArray(value) || value.length > 0;
}
