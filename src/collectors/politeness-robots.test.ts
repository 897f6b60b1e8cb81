import { afterEach, describe, expect, it } from "vitest";
import { rememberRobots } from "@/testing/manners";
import { leaveSites, status, visitSite, watchedGate } from "@/testing/visited-site";

afterEach(leaveSites);

describe("robots.txt", () => {
  it("is asked for before the first page of a site, and not again for the next", async () => {
    const { get, asked } = await visitSite({ "a/robots.txt": "User-agent: *\nDisallow: /private", "a/1": "one", "a/2": "two" });
    expect([await get("a/1"), await get("a/2")]).toEqual(["one", "two"]);
    expect(asked).toEqual(["a/robots.txt", "a/1", "a/2"]);
  });

  it("keeps us from a page, and the person is told which rule does and what can be done", async () => {
    const { get, asked } = await visitSite({ "a/robots.txt": "User-agent: Milkrun\nDisallow: /private", "a/private": "secret" });
    const message =
      "The site asks programs not to read this page (its robots.txt says “Disallow: /private”). Nothing was collected. If the site's owner permits it, an editor can switch on “Ignore robots.txt” for this source.";
    await expect(get("a/private")).rejects.toMatchObject({ code: "robots_disallowed", retryable: false, message });
    expect(asked).toEqual(["a/robots.txt"]);
  });

  it("is told to who tests a source: which rule keeps it away, which pause is asked for, and that it says nothing", async () => {
    const words: unknown[] = [];
    const robots = "User-agent: *\nCrawl-delay: 2\nDisallow: /private";
    const { fetcher, visit, urlOf } = await visitSite({ "a/robots.txt": robots, "a/1": "one", "b/1": "one" });
    const tested = { ...visit, onRobots: (word: unknown) => void words.push(word) };
    for (const address of ["a/1", "a/private", "b/1"]) await fetcher.fetchPage(urlOf(address), { signal: visit.signal, visit: tested }).catch(() => undefined);
    expect(words).toEqual([
      { refusal: null, crawlDelayMs: 2_000, isSilent: false },
      { refusal: "/private", crawlDelayMs: 2_000, isSilent: false },
      { refusal: null, crawlDelayMs: 0, isSilent: true },
    ]);
  });

  it("is not asked for by a source that may ignore it", async () => {
    const { get, asked } = await visitSite({ "a/robots.txt": "User-agent: *\nDisallow: /", "a/1": "one" }, { ignoreRobots: true });
    expect(await get("a/1")).toBe("one");
    expect(asked).toEqual(["a/1"]);
  });

  it("is not asked for on the operator's own machines, which take no turns either", async () => {
    const { gate, events } = watchedGate();
    const { fetchUrl, asked, site } = await visitSite({}, { gate });
    await expect(fetchUrl(`${site.origin}/1`)).rejects.toMatchObject({ httpStatus: 404 });
    expect([asked, events]).toEqual([["127/1"], []]);
  });

  it.each([404, 403, 410])("that is not there (%i) allows everything", async (code) => {
    const { get } = await visitSite({ "a/robots.txt": status(code), "a/1": "one" });
    expect(await get("a/1")).toBe("one");
  });

  it("is followed to where it redirects to, on another site too", async () => {
    const { get, asked, urlOf } = await visitSite({
      "a/robots.txt": (_, response) => response.writeHead(301, { location: urlOf("b/r") }).end(),
      "b/r": "User-agent: *\nDisallow: /1",
    });
    await expect(get("a/1")).rejects.toMatchObject({ code: "robots_disallowed" });
    expect(asked).toEqual(["a/robots.txt", "b/r"]);
  });

  it("that redirects without end is none", async () => {
    const { get, asked } = await visitSite({ "a/robots.txt": (_, response) => response.writeHead(302, { location: "/robots.txt" }).end(), "a/1": "one" });
    expect(await get("a/1")).toBe("one");
    expect(asked).toHaveLength(7);
  });

  it("of the site that a page redirects to counts as well", async () => {
    const { get, asked, urlOf } = await visitSite({
      "a/1": (_, response) => response.writeHead(302, { location: urlOf("b/2") }).end(),
      "b/robots.txt": "User-agent: *\nDisallow: /2",
    });
    await expect(get("a/1")).rejects.toMatchObject({ code: "robots_disallowed" });
    expect(asked).toEqual(["a/robots.txt", "a/1", "b/robots.txt"]);
  });

  it("that is too long is cut after its last whole line", async () => {
    const text = `User-agent: *\n${"#".repeat(500 * 1024 - 14 - "\nDisallow: /1".length)}\nDisallow: /123`;
    const { get } = await visitSite({ "a/robots.txt": text, "a/1": "one" });
    expect(await get("a/1")).toBe("one");
  });
});

describe("a robots.txt that cannot be read", () => {
  it.each([500, 503, 429])("closes the site for a moment (%i), in which it is not asked again", async (code) => {
    const { get, asked } = await visitSite({ "a/robots.txt": status(code), "a/1": "one" });
    for (const _ of [1, 2]) {
      const failure = { code: "robots_unreachable", retryable: true, message: expect.stringContaining(`could not be read (${code} `) };
      await expect(get("a/1")).rejects.toMatchObject(failure);
    }
    expect(asked).toEqual(["a/robots.txt"]);
  });

  it("is asked for again when that moment is over, which is when the source is tried again", async () => {
    const failure = { code: "robots_unreachable", message: "It could not be read." };
    const robots = rememberRobots();
    const { get, asked, urlOf } = await visitSite({ "a/1": "one" }, { robots });
    const { origin } = new URL(urlOf("a/1"));
    await robots.saveFailure(origin, failure);
    await expect(get("a/1")).rejects.toMatchObject({ ...failure, retryAfterMs: 15_000 });
    Object.assign((await robots.find(origin)) ?? {}, { failureAgeMs: 15_000 });
    expect(await get("a/1")).toBe("one");
    expect(asked).toEqual(["a/robots.txt", "a/1"]);
  });

  it("makes room for the one that was read before", async () => {
    const robots = rememberRobots();
    const { get, urlOf } = await visitSite({ "a/robots.txt": status(503), "a/1": "one", "a/2": "two" }, { robots });
    const { origin } = new URL(urlOf("a/1"));
    await robots.saveText(origin, "User-agent: *\nDisallow: /2");
    Object.assign((await robots.find(origin)) ?? {}, { textAgeMs: 24 * 3_600_000 });
    expect(await get("a/1")).toBe("one");
    await expect(get("a/2")).rejects.toMatchObject({ code: "robots_disallowed" });
  });

  it("because nobody answers is told of as such", async () => {
    const { get } = await visitSite({ "a/robots.txt": (request) => request.socket.destroy() });
    await expect(get("a/1")).rejects.toMatchObject({ code: "connect", retryable: true, retryAfterMs: 15_000 });
  });

  it("keeps the wait that the site asked for", async () => {
    const { get } = await visitSite({ "a/robots.txt": status(503, { "retry-after": "90" }) });
    await expect(get("a/1")).rejects.toMatchObject({ code: "robots_unreachable", retryAfterMs: 90_000 });
  });
});

describe("a robots.txt that was read", () => {
  it.each([
    ["is read again after a day", { text: "", textAgeMs: 24 * 3_600_000 }, ["a/robots.txt", "a/1"]],
    ["is kept until then", { text: "", textAgeMs: 24 * 3_600_000 - 1 }, ["a/1"]],
    ["is read again after 10 minutes where it keeps us out", { text: "User-agent: *\nDisallow: /", textAgeMs: 600_000 }, ["a/robots.txt", "a/1"]],
  ])("%s", async (_what, file, expected) => {
    const robots = rememberRobots();
    const { get, asked, urlOf } = await visitSite({ "a/1": "one" }, { robots });
    const { origin } = new URL(urlOf("a/1"));
    await robots.saveText(origin, file.text);
    Object.assign((await robots.find(origin)) ?? {}, file);
    expect(await get("a/1")).toBe("one");
    expect(asked).toEqual(expected);
  });
});
