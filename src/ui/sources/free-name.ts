import type { FieldRow } from "./source-form-values";

const LONGEST_STEM = 36;

/** The name for a further field, with a number where another field has it already. */
export function freeName(name: string, fields: readonly FieldRow[]): string {
  const taken = fields.map((field) => field.name);
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name.slice(0, LONGEST_STEM)}_${number}`)) number += 1;
  return `${name.slice(0, LONGEST_STEM)}_${number}`;
}
