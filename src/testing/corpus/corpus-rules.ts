import { resolveLink } from "@/collectors/clean-item";
import { parseOpml } from "@/collectors/opml";
import { readDate } from "@/collectors/read-date";
import { findRefusal, parseRobots } from "@/collectors/robots";
import { readRows } from "@/domain/csv-rows";
import type { Corpus } from "./corpus-files";
import { type JudgedCase, judge } from "./judged-case";

interface RobotsCase {
  id: string;
  robots_txt: string;
  user_agent: string;
  url: string;
  allowed: boolean;
}

/** robots.txt: the cases of Google's parser that are about an address and a name. */
export async function judgeRobots(corpus: Corpus): Promise<JudgedCase[]> {
  const cases = corpus.lines<RobotsCase>("robots/google-robotstxt-cases.jsonl").filter(({ url, user_agent }) => URL.canParse(url) && user_agent !== "");
  return await Promise.all(
    cases.map(({ id, robots_txt, user_agent, url, allowed }) =>
      judge(id, allowed, () => findRefusal(parseRobots(robots_txt, user_agent), new URL(url)) === null),
    ),
  );
}

/** OPML: every outline that names a feed, once. */
export async function judgeOpml(corpus: Corpus): Promise<JudgedCase[]> {
  const lists = corpus.entries.filter(({ kind }) => kind === "opml");
  return await Promise.all(
    lists.map(({ file }) => {
      const named = new Set(
        [...corpus.text(file).matchAll(/xmlUrl="(https?:[^"]*)"/gi)].map(([, url = ""]) => new URL(url.replaceAll("&amp;", "&").trim()).href),
      );
      return judge(file, named.size, () => parseOpml(corpus.bytes(file), { url: "https://corpus.example/" }).feeds.length);
    }),
  );
}

interface DateCase {
  input: string;
  expected_utc: string | null;
}

/** Dates as feeds write them. */
export async function judgeDates(corpus: Corpus): Promise<JudgedCase[]> {
  return await Promise.all(
    corpus.lines<DateCase>("dates/feed-dates.jsonl").map(({ input, expected_utc }) =>
      judge(input, expected_utc, () =>
        readDate(input)
          ?.toISOString()
          .replace(/\.\d+Z$/, "Z"),
      ),
    ),
  );
}

/** Links: what they mean on a page, and that broken ones mean nothing. */
export async function judgeUrls(corpus: Corpus): Promise<JudgedCase[]> {
  const rows = (file: string) => readRows(corpus.text(file).replace(/^#.*\n/gm, ""), { delimiter: ",", quote: '"' }, 1000);
  const resolved = rows("urls/url-resolve.csv").map(([link = "", base = "", expected = ""]) => {
    const wanted = expected.trim();
    return judge(`${link.trim()} on ${base.trim()}`, URL.canParse(wanted) ? new URL(wanted).href : wanted, () => resolveLink(link, base.trim() || undefined));
  });
  const invalid = rows("urls/invalidUrls.csv").map(([link = ""]) => judge(link.trim(), null, () => resolveLink(link, undefined)));
  return await Promise.all([...resolved, ...invalid]);
}
