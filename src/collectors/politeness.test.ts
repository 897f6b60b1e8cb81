import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import { openGate, rememberRobots } from "@/testing/manners";
import { createPageFetcher, type FetchLimits, type PageFetcher } from "./fetch-page";
import { createAddressGuard } from "./guard-address";
import { type HostGate, stayIn } from "./host-gate";
import { createApproach, type Manners } from "./politeness";
import { createVisit } from "./visit";

const opened: (PageFetcher | LocalSite)[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

interface WorldOptions extends Partial<Manners> {
  limits?: Partial<FetchLimits>;
  ignoreRobots?: boolean;
  signal?: AbortSignal;
}

/** A site with several names, on this machine, that answers each address as the test says and others with 404. */
async function visitSite(answers: Record<string, Answer>, options: WorldOptions = {}) {
  const asked: string[] = [];
  const site = await startLocalSite((request, response) => {
    const name = request.headers.host?.split(".")[0];
    asked.push(`${name}${request.url}`);
    const answer = answers[`${name}${request.url}`];
    if (typeof answer === "function") answer(request, response);
    else response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  const urlOf = (address: string) => `http://${address.replace("/", `.example.org:${site.port}/`)}`;
  const resolveName = async () => [{ address: "127.0.0.1", family: 4 }];
  const { gate = openGate, robots = rememberRobots(), limits, signal = new AbortController().signal } = options;
  const fetcher: PageFetcher = createPageFetcher({
    ...{ policy: site.policy, userAgent: "Milkrun test", limits, resolveName },
    approach: (url, visit) => approach(url, visit),
  });
  const approach = createApproach({ gate, robots, isExempt: createAddressGuard(site.policy).isOperators, fetchPage: fetcher.fetchPage });
  opened.push(site, fetcher);
  const visit = createVisit(gate, options.ignoreRobots ?? false, { group: "org", signal, stepOut: stayIn });
  const fetchUrl = async (url: string) => Buffer.from((await fetcher.fetchPage(url, { signal, visit })).body).toString();
  return { asked, urlOf, visit, site, fetcher, fetchUrl, get: (address: string) => fetchUrl(urlOf(address)) };
}

const redirect =
  (location: string, status = 302): Answer =>
  (_request, response) =>
    response.writeHead(status, { location }).end();
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(code, headers).end();

/** Notes who enters and how they leave. */
function watchedGate(enter: HostGate["enter"] = openGate.enter) {
  const events: string[] = [];
  const gate: HostGate = {
    async enter(host, visitor) {
      const name = host.split(".")[0];
      const pass = await enter(host, visitor);
      if (!pass) return null;
      events.push(`into ${name}`);
      return {
        ...pass,
        leave: async ({ pauseMs, closedForMs }) => void events.push(`out of ${name}, ${pauseMs}, ${closedForMs}`),
        giveBack: async () => void events.push(`back from ${name}`),
      };
    },
  };
  return { gate, events };
}

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
    const { get, asked } = await visitSite({ "a/robots.txt": redirect("/robots.txt"), "a/1": "one" });
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

describe("each request", () => {
  it("takes its turn at its host, robots.txt and redirects included, and gives it back whatever happens", async () => {
    const { gate, events } = watchedGate();
    const { get, urlOf } = await visitSite(
      { "a/1": (_, response) => response.writeHead(302, { location: urlOf("b/2") }).end(), "b/2": (request) => request.socket.destroy() },
      { gate },
    );
    await expect(get("a/1")).rejects.toMatchObject({ code: "connect" });
    const [a, b] = [
      ["into a", "out of a, 0, 0"],
      ["into b", "out of b, 0, 0"],
    ];
    expect(events).toEqual([...a, ...a, ...b, ...b]);
  });

  it("uses the turn that was waited for before", async () => {
    const { gate, events } = watchedGate();
    const { get, urlOf, visit } = await visitSite({ "a/1": "one" }, { gate, ignoreRobots: true });
    await visit.hold(new URL(urlOf("a/1")));
    expect(events).toEqual(["into a"]);
    await get("a/1");
    await visit.end();
    expect(events).toEqual(["into a", "out of a, 0, 0"]);
  });

  it("does not use a turn that was waited for long ago, or elsewhere", async () => {
    const { gate, events } = watchedGate(async (host, visitor) => {
      const pass = await openGate.enter(host, visitor);
      return pass && { ...pass, isFresh: () => false };
    });
    const { get, urlOf, visit } = await visitSite({ "a/1": "one", "b/1": "one" }, { gate, ignoreRobots: true });
    await visit.hold(new URL(urlOf("a/1")));
    await get("a/1");
    await visit.hold(new URL(urlOf("b/1")));
    await get("a/1");
    expect(events.filter((event) => event.startsWith("back"))).toEqual(["back from a", "back from b"]);
  });

  it("keeps the pause that robots.txt asks for", async () => {
    const { gate, events } = watchedGate();
    const { get } = await visitSite({ "a/robots.txt": "User-agent: *\nCrawl-delay: 7", "a/1": "one" }, { gate });
    await get("a/1");
    expect(events.at(-1)).toBe("out of a, 7000, 0");
  });

  it.each([429, 503])("that is answered with %i closes the host for as long as the site asks", async (code) => {
    const { gate, events } = watchedGate();
    const { get } = await visitSite({ "a/1": status(code, { "retry-after": "120" }) }, { gate, ignoreRobots: true });
    await expect(get("a/1")).rejects.toMatchObject({ httpStatus: code, retryAfterMs: 120_000 });
    expect(events).toEqual(["into a", "out of a, 0, 120000"]);
  });

  it("closes nothing with another status", async () => {
    const { gate, events } = watchedGate();
    const { get } = await visitSite({ "a/1": status(500, { "retry-after": "120" }) }, { gate, ignoreRobots: true });
    await expect(get("a/1")).rejects.toMatchObject({ httpStatus: 500 });
    expect(events.at(-1)).toBe("out of a, 0, 0");
  });

  it("has all of its time however long it waited for its turn", async () => {
    const limits = { deadlineMs: 200 };
    const silent = await visitSite({ "a/1": () => {} }, { ignoreRobots: true, limits });
    const slow: HostGate = {
      enter: async (host, visitor) => {
        // As long as the time of another request takes to run out.
        await expect(silent.get("a/1")).rejects.toMatchObject({ code: "timeout" });
        return openGate.enter(host, visitor);
      },
    };
    const { get } = await visitSite({ "a/1": "one" }, { gate: slow, ignoreRobots: true, limits });
    expect(await get("a/1")).toBe("one");
  });

  it("has no more time than that for the request itself (control)", async () => {
    const { get } = await visitSite({ "a/1": () => {} }, { ignoreRobots: true, limits: { deadlineMs: 200 } });
    await expect(get("a/1")).rejects.toMatchObject({ code: "timeout" });
  });

  it("is not made when nobody waits for it any more", async () => {
    const stop = new AbortController();
    const gate: HostGate = {
      enter: (_host, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve(null));
          stop.abort();
        }),
    };
    const { get, asked } = await visitSite({ "a/1": "one" }, { gate, signal: stop.signal });
    const fetched = get("a/1");
    await expect(fetched).rejects.toMatchObject({ code: "cancelled" });
    expect(asked).toEqual([]);
  });

  it("fails with what the gate throws that is no fault of the site's", async () => {
    const broken = Object.assign(new Error("The database is gone."), { code: "ECONNREFUSED" });
    const { get } = await visitSite({}, { gate: { enter: () => Promise.reject(broken) } });
    await expect(get("a/1")).rejects.toBe(broken);
  });
});
