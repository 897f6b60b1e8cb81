import type { z } from "zod";
import { newSourceSchema, type SourceDefinition } from "@/domain/source";
import type { SourceHeaderInput } from "@/domain/source-header";
import { headerInput, headerPathOf } from "./header-rows";
import { configInput, FORM_PARTS, fieldRowsOf, isBlank } from "./source-config-input";
import type { SourceFormValues } from "./source-form-values";

/** Messages by the form's own paths, for instance `json.fields.0.name`. */
type SourceFormErrors = Record<string, string>;

/** A definition, and the headers that the source is to have. */
export interface CheckedSource {
  definition: SourceDefinition;
  headers: SourceHeaderInput[];
}

export type SourceFormCheck = ({ ok: true } & CheckedSource) | { ok: false; errors: SourceFormErrors };

/** Checks a form with the schema that the server checks with, and says at which input each message belongs. */
export function checkSourceForm(values: SourceFormValues): SourceFormCheck {
  const duplicates = duplicateNames(values);
  const parsed = newSourceSchema.safeParse({ ...definitionInput(values), headers: headerInput(values.headers, values.url) });
  if (parsed.success && Object.keys(duplicates).length === 0) {
    const { headers = [], ...definition } = parsed.data;
    return { ok: true, definition, headers };
  }
  const errors: SourceFormErrors = { ...duplicates };
  for (const issue of parsed.error?.issues ?? []) {
    const path = formPathOf(values, issue.path.map(String));
    errors[path] ??= messageOf(issue);
  }
  return { ok: false, errors };
}

/** Messages of the server by its paths → by the form's paths. */
export function serverErrorsOf(values: SourceFormValues, errors: Record<string, string>): SourceFormErrors {
  return Object.fromEntries(Object.entries(errors).map(([path, message]) => [formPathOf(values, path.replace(/^definition\./, "").split(".")), message]));
}

function definitionInput(values: SourceFormValues): object {
  const { kind, name, url } = values;
  return { kind, name, url, config: configInput(values) };
}

/** A name that an earlier row has would silently replace that row. */
function duplicateNames(values: SourceFormValues): SourceFormErrors {
  const seen = new Set<string>();
  const errors: SourceFormErrors = {};
  for (const [index, row] of fieldRowsOf(values).entries()) {
    const name = row.name.trim();
    if (name !== "" && seen.has(name)) errors[`${FORM_PARTS[values.kind]}.fields.${index}.name`] = "Another field has this name already.";
    seen.add(name);
  }
  return errors;
}

function formPathOf(values: SourceFormValues, path: string[]): string {
  if (path[0] === "headers") return headerPathOf(values.headers, path.slice(1));
  if (path[0] !== "config") return path.join(".");
  const part = FORM_PARTS[values.kind];
  const [, section, key, ...rest] = path;
  if (section === "limits") return path.slice(1).join(".");
  if (section === "fields" && key !== undefined) return `${part}.fields.${rowPathOf(values, key, rest)}`;
  if (section === "keyColumns" || section === "itemTypes") return `${part}.${section}`;
  if (section === "pagination" && key === "parameter")
    return `json.pagination.${values.json.pagination.type === "cursor" ? "cursorParameter" : "pageParameter"}`;
  return [part, ...path.slice(1)].join(".");
}

/** Where a message about the whole of a further field belongs. */
const FIELD_INPUTS = { feed: "name", json_api: "expression", html_page: "name", sitemap: "name", csv: "column" } as const;

/** `price` → `2.expression`, `price.selector` → `2.selector`; a name that is itself refused → `2.name`. */
function rowPathOf(values: SourceFormValues, name: string, rest: string[]): string {
  const index = fieldRowsOf(values).findIndex((row) => row.name.trim() === name && !isBlank(row));
  if (rest[0]) return `${index}.${rest[0]}`;
  const nameFails = newSourceSchema
    .safeParse(definitionInput(values))
    .error?.issues.some((issue) => issue.code === "invalid_key" && issue.path.at(-1) === name);
  return `${index}.${nameFails ? "name" : FIELD_INPUTS[values.kind]}`;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  return issue.code === "invalid_type" ? "Enter a whole number." : issue.message;
}
