import { describe, expect, it } from "vitest";
import { CORPUS_NOTE, openCorpus } from "@/testing/corpus/corpus-files";
import { readFeedPace } from "./feed-pace";

const channel = (inside: string) => `<rss><channel>${inside}<item><title>x</title></item></channel></rss>`;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe("how often a feed wants to be read", () => {
  it.each<[string, object]>([
    ["<title>Nothing</title>", {}],
    ["<ttl>60</ttl>", { documentMs: HOUR_MS }],
    ["<ttl> 1.5 </ttl>", { documentMs: 90_000 }],
    ["<ttl></ttl>", {}],
    ["<ttl>0</ttl>", {}],
    ["<ttl>-5</ttl>", {}],
    ["<ttl>often</ttl>", {}],
    ["<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency> 1 </sy:updateFrequency>", { documentMs: HOUR_MS }],
    ["<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", { documentMs: 12 * HOUR_MS }],
    ["<syn:updatePeriod><![CDATA[daily]]></syn:updatePeriod>", { documentMs: 24 * HOUR_MS }],
    ['<ttl xmlns="">60</ttl>', { documentMs: HOUR_MS }],
    ["<sy:updatePeriod>weekly</sy:updatePeriod>", { documentMs: 168 * HOUR_MS }],
    ["<sy:updatePeriod></sy:updatePeriod><sy:updateFrequency></sy:updateFrequency>", {}],
    ["<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", { documentMs: HOUR_MS }],
    ["<ttl>5</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", { documentMs: HOUR_MS }],
    ["<skipHours><hour>0</hour><hour>24</hour><hour>7</hour><hour>99</hour></skipHours>", { skipHours: [0, 0, 7] }],
    ["<skipDays><day>Saturday</day><day> SUNDAY </day><day>Someday</day></skipDays>", { skipDays: [6, 0] }],
  ])("%s", (inside, pace) => {
    expect(readFeedPace(channel(inside))).toEqual(pace);
  });

  it("stands after the items in the RSS of old", () => {
    const after = "<item><ttl>60</ttl></item><skipHours><hour>6</hour></skipHours>";
    expect(readFeedPace(channel("").replace(/<item>.*<.item>/, after))).toEqual({ skipHours: [6] });
  });

  it("is not taken from an item", () => {
    expect(readFeedPace("<rss><channel><item><ttl>60</ttl></item></channel></rss>")).toEqual({});
  });
});

const corpus = openCorpus();

describe.skipIf(!corpus)(`how often real feeds want to be read${corpus ? "" : CORPUS_NOTE}`, () => {
  it.each<[string, object]>([
    ["feeds/codehollow/Rss20LeFigaro.xml", { documentMs: MINUTE_MS }],
    ["feeds/codehollow/Rss20FazNet.xml", { documentMs: 5 * MINUTE_MS }],
    ["feeds/feedparser/wellformed/rss/channel_ttl.xml", { documentMs: HOUR_MS }],
    ["feeds/gofeed/parser/rss/rss_channel_skipHours.xml", { skipHours: [4, 5, 6] }],
    ["feeds/codehollow/Rss091FullSample.xml", { skipHours: [6, 7, 8, 9, 10, 11], skipDays: [0] }],
    ["feeds/rome/rome/rss_0.92.xml", { skipHours: [...Array.from({ length: 21 }, (_, before) => before + 1), 23, 0], skipDays: [1, 2, 3, 4, 5, 6, 0] }],
    ["feeds/feedjira/TechCrunch.xml", { documentMs: HOUR_MS }],
    ["feeds/codehollow/Rss10OrfAt.xml", { documentMs: 30 * MINUTE_MS }],
    ["feeds/rome/rome/atom_0.3_DC_Sy.xml", { documentMs: 36_000 }],
    ["feeds/feed-rs/rss_2.0_example_4.xml", { documentMs: HOUR_MS }],
  ])("%s", (file, pace) => {
    expect(readFeedPace(corpus?.text(file) ?? "")).toEqual(pace);
  });
});
