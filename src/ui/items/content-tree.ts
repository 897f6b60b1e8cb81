import { Parser } from "htmlparser2";
import { isUnseen, readAttributes, shownAs } from "./content-elements";

/** A piece of a site's text: words, or an element of a kind that is shown. */
export type ContentNode = string | ContentElement;

export interface ContentElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: ContentNode[];
}

/** Deeper elements are shown without what they are: browsers lay out no text that deep. */
const MOST_DEPTH = 60;

/**
 * Reads a site's HTML into what may be shown of it: elements of listed kinds with a few attributes, whatever else it states. Addresses are as
 * stated. No browser reads the markup: nothing can run, and nothing is fetched.
 */
export function readContent(html: string): ContentNode[] {
  const root: ContentElement = { name: "div", attributes: {}, children: [] };
  /** For each open element of the site's the one that its content goes into, which may be the same as outside of it. */
  const open: { name: string; into: ContentElement }[] = [];
  let unseen = 0;
  const current = () => open.at(-1)?.into ?? root;

  const parser = new Parser({
    onopentag(name, attributes) {
      if (isUnseen(name)) unseen += 1;
      open.push({ name, into: unseen > 0 ? current() : enter(current(), name, attributes, open.length) });
    },
    ontext(text) {
      if (unseen === 0) addText(current().children, text);
    },
    onclosetag() {
      const closed = open.pop();
      if (closed && isUnseen(closed.name)) unseen -= 1;
    },
  });
  parser.end(html);
  return root.children;
}

function enter(parent: ContentElement, name: string, attributes: Readonly<Record<string, string>>, depth: number): ContentElement {
  const shown = depth < MOST_DEPTH ? shownAs(name, parent.name) : null;
  if (shown === null) return parent;
  const element = { name: shown, attributes: readAttributes(attributes), children: [] };
  parent.children.push(element);
  return element;
}

function addText(children: ContentNode[], text: string): void {
  const last = children.at(-1);
  if (typeof last === "string") children[children.length - 1] = last + text;
  else children.push(text);
}

/** All elements of some kinds, in the order of the text. */
export function elementsOf(content: readonly ContentNode[], names: readonly string[]): ContentElement[] {
  return content.flatMap((node) => (typeof node === "string" ? [] : [...(names.includes(node.name) ? [node] : []), ...elementsOf(node.children, names)]));
}

/** What it says, without what it is. */
export function textOf(content: readonly ContentNode[]): string {
  return content.map((node) => (typeof node === "string" ? node : textOf(node.children))).join("");
}
