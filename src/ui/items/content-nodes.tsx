import { createElement, Fragment, type ReactNode } from "react";
import { ScrollBox } from "@/ui/display/scroll-box";
import { ContentImage } from "./content-image";
import { addressIn } from "./content-images";
import { type ContentElement, type ContentNode, elementsOf, textOf } from "./content-tree";
import { ExternalLink } from "./external-link";
import classes from "./formatted-content.module.css";
import { headingLevels } from "./heading-levels";

interface Surroundings {
  /** What relative addresses refer to. */
  base: string | null;
  levels: ReadonlyMap<ContentElement, number>;
  /** A link holds no second one. */
  inLink: boolean;
}

const WITHOUT_CONTENT = ["br", "hr"];
/** White space between their parts is no text. */
const OF_PARTS = ["table", "thead", "tbody", "tfoot", "tr"];

/** A site's text as elements of this page, each made here with the attributes that are read here. */
export function contentNodes(content: readonly ContentNode[], base: string | null): ReactNode {
  const headings = elementsOf(content, ["h1", "h2", "h3", "h4", "h5", "h6"]);
  const levels = headingLevels(headings.map(({ name }) => Number(name[1])));
  return childrenOf(content, { base, levels: new Map(headings.map((heading, index) => [heading, levels[index] ?? 6])), inLink: false });
}

function childrenOf(nodes: readonly ContentNode[], within: Surroundings): ReactNode {
  return createElement(Fragment, null, ...nodes.map((node) => (typeof node === "string" ? node : shownElement(node, within))));
}

function shownElement(element: ContentElement, within: Surroundings): ReactNode {
  if (element.name === "a") return <Link link={element} within={within} />;
  if (element.name === "img") return <ContentImage image={element.attributes} base={within.base} inLink={within.inLink} />;
  if (element.name === "table") return <ScrollingTable table={element} within={within} />;
  const level = within.levels.get(element);
  const name = level ? `h${level}` : element.name;
  return createElement(name, attributesOf(element), ...(WITHOUT_CONTENT.includes(name) ? [] : [childrenOf(partsOf(element), within)]));
}

function partsOf({ name, children }: ContentElement): readonly ContentNode[] {
  return OF_PARTS.includes(name) ? children.filter((node) => typeof node !== "string" || node.trim() !== "") : children;
}

function Link({ link, within }: { link: ContentElement; within: Surroundings }) {
  const address = within.inLink ? null : addressIn(link.attributes.href, within.base);
  return <ExternalLink url={address}>{childrenOf(link.children, { ...within, inLink: within.inLink || address !== null })}</ExternalLink>;
}

/** A wide one scrolls in a box of its own. */
function ScrollingTable({ table, within }: { table: ContentElement; within: Surroundings }) {
  const caption = textOf(elementsOf(table.children, ["caption"])).trim();
  return (
    <ScrollBox label={caption || "Table"} role="group" className={classes.wide}>
      <table dir={table.attributes.dir}>{childrenOf(partsOf(table), within)}</table>
    </ScrollBox>
  );
}

function attributesOf({ name, attributes }: ContentElement): Record<string, string | number | undefined> {
  const number = (text: string | undefined) => Number.parseInt(text ?? "", 10) || undefined;
  const { lang, dir, colspan, rowspan, start } = attributes;
  if (name === "ol") return { lang, dir, start: number(start) };
  return name === "td" || name === "th" ? { lang, dir, colSpan: number(colspan), rowSpan: number(rowspan) } : { lang, dir };
}
