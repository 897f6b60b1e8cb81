import type { RequestListener } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import { noManners } from "@/testing/manners";
import { type HostGate, stayIn } from "./host-gate";
import { createSourceFetcher, requestMsOf } from "./source-fetcher";
import { createVisit } from "./visit";

let collected: CollectedSite;
let answer: RequestListener;

beforeAll(async () => {
  collected = await startCollectedSite((request, response) => answer(request, response));
});

afterAll(() => collected.close());

const sends =
  (body: string): RequestListener =>
  (_request, response) =>
    void response.end(body);
const feedOf = (...items: string[]) => `<rss><channel><title>News</title>${items.map((item) => `<item>${item}</item>`).join("")}</channel></rss>`;
const THREE = feedOf("<title>1</title>", "<title>2</title>", "<title>3</title>");
const codeOf = (source: object) => collected.collect(source).then(String, (error: { code: string }) => error.code);

describe("a source that sets a limit of its own", () => {
  it("keeps so many items, the first ones, and says that there are more; a caller that wants fewer gets fewer", async () => {
    answer = sends(THREE);
    const source = { kind: "feed", config: { limits: { items: 2 } } };
    expect(await collected.collect(source)).toMatchObject({ items: [{ title: "1" }, { title: "2" }], truncated: true, isWhole: false });
    expect((await collected.collect(source, { maxItems: 1 })).items).toHaveLength(1);
    expect(await collected.collect({ kind: "feed" })).toMatchObject({ items: { length: 3 }, truncated: false });
  });

  it("takes no larger page than it says, where others take it", async () => {
    answer = sends(THREE + " ".repeat(1_100_000));
    expect(await codeOf({ kind: "feed", config: { limits: { megabytes: 1 } } })).toBe("too_large");
    expect(await collected.collect({ kind: "feed" })).toMatchObject({ items: { length: 3 } });
  });

  it("gives a page as much time as it says, and the turn at the host is kept as long", async () => {
    answer = () => undefined;
    expect(await codeOf({ kind: "feed", config: { limits: { seconds: 1 } } })).toBe("timeout");
    const kept: (number | undefined)[] = [];
    const gate: HostGate = {
      enter(host, visitor) {
        kept.push(visitor.requestMs);
        return noManners.gate.enter(host, visitor);
      },
    };
    const definition = { name: "Slow", kind: "feed", url: "https://example.org/", config: { limits: { seconds: 45 } } } as const;
    const visitor = { group: "org", signal: new AbortController().signal, stepOut: stayIn, requestMs: requestMsOf(definition) };
    await createVisit(gate, false, visitor).hold(new URL(definition.url));
    expect(kept).toEqual([45_000]);
  });

  it("rests before each page but the first, for as long as it says, and the others not at all", async () => {
    const rests: number[] = [];
    const visit = createVisit(noManners.gate, false, { group: "org", signal: new AbortController().signal, stepOut: stayIn });
    const resting = { ...visit, rest: async (ms: number) => void rests.push(ms) };
    const fetchThree = async (config: object) => {
      const definition = { name: "Pages", kind: "sitemap", url: "https://example.org/", config: { addressContains: "", maxSitemaps: 10, ...config } } as const;
      const page = { status: 200, notModified: false, body: new Uint8Array(), finalUrl: "", redirects: [], wireBytes: 0, durationMs: 0 };
      const fetchPage = createSourceFetcher(async () => page, definition, { visit: resting });
      for (const url of ["/1", "/2", "/3"]) await fetchPage(`https://example.org${url}`, { signal: visit.signal });
    };
    await fetchThree({});
    expect(rests).toEqual([]);
    await fetchThree({ limits: { pauseSeconds: 5 } });
    expect(rests).toEqual([5_000, 5_000]);
  });
});

describe("an entry of a feed", () => {
  const entries = (ids: string) =>
    feedOf(`<title>Milk</title><link>https://example.org/milk</link><guid>${ids}-1</guid>`, `<title>Cheese</title><guid isPermaLink="false">${ids}-2</guid>`);
  const keysBy = async (config: object, ids: string) => {
    answer = sends(entries(ids));
    return (await collected.collect({ kind: "feed", config })).items.map(({ key }) => key);
  };

  it("is known again by its id unless the source says otherwise", async () => {
    expect(await keysBy({}, "a")).toEqual(["a-1", "a-2"]);
    expect(await keysBy({ keyFrom: "id" }, "b")).toEqual(["b-1", "b-2"]);
  });

  it("is known again by its link or its title where ids are made anew each time; what it lacks, its id stands in for", async () => {
    for (const ids of ["a", "b"]) {
      expect(await keysBy({ keyFrom: "link" }, ids)).toEqual(["https://example.org/milk", `${ids}-2`]);
      expect(await keysBy({ keyFrom: "title" }, ids)).toEqual(["Milk", "Cheese"]);
    }
  });
});
