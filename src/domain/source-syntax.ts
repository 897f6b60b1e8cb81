import { isTraversal, parse as parseSelector, type Selector } from "css-what";
import jsonata from "jsonata";
import { AppError } from "./errors";
import { type HtmlPageConfig, type JsonApiConfig, type SourceDefinition, withoutCommon } from "./source";

/** An expression or a selector of a source, with the path of its field within `config`. */
type Part = [path: string, text: string];

/**
 * Refuses a definition whose expressions or selectors can't be read, before it is stored. Whether they find anything is for "Test
 * source" to say.
 * @param prefix path of the definition within the procedure's input, with its dot; empty where the input is the definition.
 * @throws AppError `validation` at the field.
 */
export function requireReadable(definition: SourceDefinition, prefix = ""): void {
  const found = firstProblem(definition);
  if (found) throw new AppError("validation", found.problem, { field: `${prefix}config.${found.path}` });
}

/** The reason for which `requireReadable` refuses a definition; null where it does not. */
export function findUnreadable(definition: SourceDefinition): string | null {
  return firstProblem(definition)?.problem ?? null;
}

function firstProblem(definition: SourceDefinition): { path: string; problem: string } | null {
  const [parts, findProblem] = partsOf(definition);
  for (const [path, text] of parts) {
    const problem = text === "" ? null : findProblem(text);
    if (problem) return { path, problem };
  }
  return null;
}

function partsOf(definition: SourceDefinition): [Part[], (text: string) => string | null] {
  switch (definition.kind) {
    case "feed":
    case "sitemap":
    case "csv":
      return [[], () => null];
    case "json_api":
      return [expressionsOf(definition.config), findExpressionProblem];
    case "html_page":
      return [selectorsOf(definition.config), findSelectorProblem];
  }
}

function expressionsOf(config: JsonApiConfig): Part[] {
  const { fields, pagination, ...expressions } = withoutCommon(config);
  const ofFields = Object.entries(fields).map(([name, text]): Part => [`fields.${name}`, text]);
  const ofPages: Part[] = pagination.type === "cursor" ? [["pagination.cursorExpression", pagination.cursorExpression]] : [];
  return [...Object.entries(expressions), ...ofFields, ...ofPages];
}

function selectorsOf(config: HtmlPageConfig): Part[] {
  const { itemsFrom, itemTypes: _types, fields, ...selectors } = withoutCommon(config);
  if (itemsFrom === "structured_data") return [];
  return [...Object.entries(selectors), ...Object.entries(fields).map(([name, field]): Part => [`fields.${name}.selector`, field.selector])];
}

function findExpressionProblem(text: string): string | null {
  try {
    jsonata(text);
    return null;
  } catch (error) {
    return `This JSONata expression can't be read: ${describeReason(error)} Correct it, for instance data.items or price * 2.`;
  }
}

function findSelectorProblem(text: string): string | null {
  try {
    const reason = parseSelector(text)
      .map(findGap)
      .find((gap) => gap !== null);
    return reason ? selectorRefusal(reason) : null;
  } catch (error) {
    return selectorRefusal(describeReason(error));
  }
}

/** What the parser lets through although nothing can match it. */
function findGap(steps: Selector[]): string | null {
  const last = steps.at(-1);
  if (!last || isTraversal(last)) return "it ends where an element should follow.";
  const hasNamelessClass = steps.some((step) => step.type === "attribute" && step.action === "element" && /^([.#]|$)/.test(step.value));
  return hasNamelessClass ? "a dot has no class name after it." : null;
}

function selectorRefusal(reason: string): string {
  return `This CSS selector can't be read: ${reason} Correct it, for instance .post or article > h2.`;
}

/** The parser's own words as one sentence; JSONata throws objects that are no errors. */
function describeReason(error: unknown): string {
  const { message, position } = error as { message?: string; position?: number };
  const reason = (message ?? "unknown syntax").replace(/[.\s]+$/, "");
  return position === undefined ? `${reason}.` : `${reason}, at character ${position}.`;
}
