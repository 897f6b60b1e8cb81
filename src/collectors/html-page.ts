import { pageInput, singlePageCollection, unchangedCollection } from "./collection";
import type { Collector } from "./collector";

const ACCEPT = "text/html, application/xhtml+xml, */*;q=0.5";

export const htmlPageCollector: Collector<"html_page"> = {
  kind: "html_page",
  async collect({ url, config }, { fetchPage, parse, signal, validators, maxItems }) {
    const page = await fetchPage(url, { signal, validators, accept: ACCEPT });
    if (page.notModified) return unchangedCollection(page, validators);
    const { title, items } = await parse("html_page", { ...pageInput(page, maxItems), config }, signal);
    return singlePageCollection(page, items, maxItems, title);
  },
};
