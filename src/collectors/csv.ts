import { pageInput, singlePage } from "./collection";
import type { Collector } from "./collector";

export const csvCollector: Collector<"csv"> = {
  kind: "csv",
  accept: "text/csv, text/tab-separated-values, text/plain;q=0.8, */*;q=0.5",
  async collect({ url, config }, { fetchPage, parse, signal, maxItems }) {
    const page = await fetchPage(url, { signal });
    const { items } = await parse("csv", { ...pageInput(page, maxItems), config }, signal);
    return singlePage(page, items, maxItems);
  },
};
