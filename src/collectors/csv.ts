import { pageInput, singlePageCollection, unchangedCollection } from "./collection";
import type { Collector } from "./collector";

const ACCEPT = "text/csv, text/tab-separated-values, text/plain;q=0.8, */*;q=0.5";

export const csvCollector: Collector<"csv"> = {
  kind: "csv",
  async collect({ url, config }, { fetchPage, parse, signal, validators, maxItems }) {
    const page = await fetchPage(url, { signal, validators, accept: ACCEPT });
    if (page.notModified) return unchangedCollection(page, validators);
    const { items } = await parse("csv", { ...pageInput(page, maxItems), config }, signal);
    return singlePageCollection(page, items, maxItems);
  },
};
