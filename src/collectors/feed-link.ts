/** A link of an entry, with what it says of itself. */
interface FeedLink {
  href?: string;
  rel?: string;
  type?: string;
}

/** What is no page about the entry but a part of it, or a place to write to. */
const OTHER_RELATIONS = ["enclosure", "image", "icon", "edit", "edit-media", "license", "replies", "next", "previous", "payment", "hub"];

/** RFC 4287, section 4.2.7: a link without `rel` is an alternate one. HTML wins among several. */
export function alternateLink(links: FeedLink[] = []): string | undefined {
  const alternates = links.filter(({ rel }) => rel === undefined || rel === "alternate");
  const best = alternates.find(({ type }) => type === "text/html") ?? alternates[0] ?? links.find(({ rel }) => !OTHER_RELATIONS.includes(rel ?? ""));
  return best?.href;
}

/** A permanent link unless it says that it is none. One that says nothing is often only an id. */
export function guidLink(guid: { value?: string; isPermaLink?: boolean } | undefined): string | undefined {
  if (guid?.isPermaLink) return guid.value;
  return guid?.isPermaLink === undefined ? webAddress(guid?.value) : undefined;
}

export function webAddress(text: string | undefined): string | undefined {
  return /^https?:/i.test(text ?? "") ? text : undefined;
}
