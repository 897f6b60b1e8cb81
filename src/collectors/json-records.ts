import { quote } from "./clean-item";
import { CollectError } from "./collect-error";
import { compileExpression } from "./json-expression";

/** What lists are called in documents that are not themselves one. */
const LIST_NAMES = [
  ...["items", "features", "data", "results", "entries", "records", "rows", "articles", "posts", "hits", "value"],
  ...["hydra:member", "member", "children", "edges", "nodes", "docs", "list", "objects"],
];
const LIST_RANKS = new Map(LIST_NAMES.map((name, rank) => [name, rank]));
/** What no list of items is called; services put such lists beside what holds the items. */
const OTHER_LISTS = ["errors", "warnings"];
/** Of objects in objects, in which a list of items is looked for. */
const DEEPEST = 5;
/** In a message: enough to recognise the page. */
const SHOWN_NAMES = 8;

/**
 * The list that an expression names; without one, the document if it is a list, else the list in it that has a usual name or is the only one,
 * further down where it holds none (`data.items`).
 * @throws CollectError `no_items`, `bad_expression`
 */
export async function findRecords(document: unknown, itemsExpression: string): Promise<unknown[]> {
  if (itemsExpression === "") return guessRecords(document);
  const found = await compileExpression(itemsExpression, "items")(document);
  if (Array.isArray(found)) return found;
  if (found === undefined || found === null) throw noListError(`The expression ${itemsExpression} finds nothing on this page.`, document);
  return [found];
}

function guessRecords(document: unknown): unknown[] {
  if (Array.isArray(document)) return document;
  const lists = highestLists(document);
  const found = lists.length === 1 ? lists : lists.filter(([name]) => LIST_RANKS.has(name)).sort(([one], [other]) => rankOf(one) - rankOf(other));
  const list: unknown = found[0]?.[1];
  if (Array.isArray(list)) return list;
  const message = lists.length === 0 ? "The page holds no list of items." : `The page holds several lists: ${quoteNames(lists.map(([name]) => name))}.`;
  throw noListError(message, document);
}

/** Those that are nested least. */
function highestLists(document: unknown): [string, unknown][] {
  let members = membersOf(document);
  let lists = listsAmong(members);
  for (let depth = 1; lists.length === 0 && depth < DEEPEST; depth++) {
    members = members.flatMap(([, member]) => membersOf(member));
    lists = listsAmong(members);
  }
  return lists;
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function listsAmong(members: [string, unknown][]): [string, unknown][] {
  return members.filter(([name, member]) => Array.isArray(member) && !OTHER_LISTS.includes(name));
}

function rankOf(name: string): number {
  return LIST_RANKS.get(name) ?? LIST_RANKS.size;
}

function noListError(what: string, document: unknown): CollectError {
  const names = membersOf(document).map(([name]) => name);
  const hint = names.length > 0 ? ` The page has: ${quoteNames(names)}.` : "";
  return new CollectError("no_items", `${what}${hint} Nothing was collected. Say in the items expression where the list is.`);
}

function quoteNames(names: string[]): string {
  return names
    .slice(0, SHOWN_NAMES)
    .map((name) => quote(name, 30))
    .join(", ");
}
