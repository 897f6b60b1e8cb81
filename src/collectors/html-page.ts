import { pageInput, singlePage } from "./collection";
import type { Collector } from "./collector";

export const htmlPageCollector: Collector<"html_page"> = {
  kind: "html_page",
  accept: "text/html, application/xhtml+xml, */*;q=0.5",
  async collect({ url, config }, { fetchPage, parse, signal, maxItems }) {
    const page = await fetchPage(url, { signal });
    const { title, items } = await parse("html_page", { ...pageInput(page, maxItems), config }, signal);
    return singlePage(page, items, maxItems, title);
  },
};
