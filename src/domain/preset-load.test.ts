import { describe, expect, it } from "vitest";
import { presetLoad } from "./preset-load";

const feed = (url: string, enabled = true) => ({ kind: "feed" as const, url, config: {}, enabled });
const api = (pagination: object) => ({ kind: "json_api" as const, url: "https://api.example.org/", config: { pagination }, enabled: true });

describe("presetLoad", () => {
  it("counts sites once, however many sources are on them, and one with another port as another", () => {
    const sources = [feed("https://example.org/a"), feed("https://example.org/b"), feed("https://example.org:8443/c"), feed("https://news.example.org/")];
    expect(presetLoad(sources)).toEqual({ sourceCount: 4, hostCount: 3, requestCount: 4, isLeast: false });
  });

  it("leaves out what is switched off", () => {
    expect(presetLoad([feed("https://example.org/a"), feed("https://other.example/", false)])).toMatchObject({ sourceCount: 1, hostCount: 1, requestCount: 1 });
  });

  it("promises no more than the first page of a source with pages", () => {
    expect(presetLoad([api({ type: "link_header", maxPages: 5 })])).toMatchObject({ requestCount: 1, isLeast: true });
    expect(presetLoad([api({ type: "none" })]).isLeast).toBe(false);
  });

  it("promises no more than the first file of a sitemap, which may name others", () => {
    const sitemap = { kind: "sitemap", url: "https://example.org/sitemap.xml", config: {}, enabled: true } as const;
    expect(presetLoad([sitemap])).toMatchObject({ requestCount: 1, isLeast: true });
    expect(presetLoad([{ ...sitemap, enabled: false }])).toMatchObject({ requestCount: 0, isLeast: false });
  });

  it("is nothing for a preset without sources", () => {
    expect(presetLoad([])).toEqual({ sourceCount: 0, hostCount: 0, requestCount: 0, isLeast: false });
  });
});
