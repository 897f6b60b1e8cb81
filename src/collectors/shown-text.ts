import { UNSEEN_TAGS } from "@/domain/unseen-tags";
import { cutText, MAX_FIELD_LENGTH } from "./clean-item";

/** As much of a node of a page as its text is made of. */
interface ShownNode {
  /** Of an element. */
  name?: string;
  /** Of a text, and of what is not shown. */
  data?: string;
  type: string;
  children?: ShownNode[];
}

/** All others begin and end a line, or a cell: their texts are words of their own. */
const INLINE = (
  "a abbr acronym b bdi bdo big button cite code data del dfn em font i img input ins kbd label mark meter nobr output progress q rp rt ruby s samp " +
  "small span strike strong sub sup time tt u var wbr"
).split(" ");

/**
 * The text of an element as people see it, without white space at its ends. No more than a field keeps: elements that stand in each other would
 * repeat what is in the innermost once each.
 */
export function shownText(element: ShownNode): string {
  const waiting: ShownNode[] = [element];
  let text = "";
  for (let node = waiting.pop(); node !== undefined && text.length <= MAX_FIELD_LENGTH; node = waiting.pop()) {
    const { name = "", type, data = "", children } = node;
    if (type === "text") text += (text === "" ? data.trimStart() : data).slice(0, MAX_FIELD_LENGTH + 1 - text.length);
    if (!children || UNSEEN_TAGS.includes(name)) continue;
    const edge = INLINE.includes(name) ? [] : [{ type: "text", data: " " }];
    waiting.push(...edge);
    for (const child of children.toReversed()) waiting.push(child);
    waiting.push(...edge);
  }
  return cutText(text.trimEnd());
}
