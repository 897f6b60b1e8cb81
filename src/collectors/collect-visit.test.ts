import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SourceDefinition, sourceDefinitionSchema } from "@/domain/source";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import { openGate, rememberRobots } from "@/testing/manners";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import { type CollectorRuntime, createCollectorRuntime } from "./collect";
import { type HostGate, stayIn } from "./host-gate";

const signal = new AbortController().signal;

let site: LocalSite;
let runtime: CollectorRuntime;
let events: string[] = [];

const ROBOTS = "User-agent: *\nDisallow: /private";

/** Notes what becomes of turns. */
const gate: HostGate = {
  async enter(host, visitor) {
    const pass = await openGate.enter(host, visitor);
    events.push(`${visitor.group} into ${host.split(".")[0]}`);
    return pass && { ...pass, leave: async () => void events.push("out"), giveBack: async () => void events.push("back") };
  },
};

beforeAll(async () => {
  site = await startLocalSite(({ url }, response) => {
    events.push(`asked for ${url}`);
    response.end(url === "/robots.txt" ? ROBOTS : "<rss><channel><item><title>1</title></item></channel></rss>");
  });
  const robots = rememberRobots({ [`http://known.example.org:${site.port}`]: { text: ROBOTS, textAgeMs: 0 } });
  runtime = createCollectorRuntime({
    ...{ policy: site.policy, userAgent: "Milkrun test", sandbox: { childPath: await bundleSandboxChild() } },
    ...{ resolveName: async () => [{ address: "127.0.0.1", family: 4 }], manners: { gate, robots } },
  });
});

beforeEach(() => {
  events = [];
});

afterAll(async () => {
  await runtime.close();
  await site.close();
});

const feedAt = (url: string, config = {}): SourceDefinition => sourceDefinitionSchema.parse({ name: "Feed", kind: "feed", url, config });
const feedOfSite = (path: string, config?: object) => feedAt(`http://known.example.org:${site.port}${path}`, config);
const approach = (definition: SourceDefinition) => runtime.approach(definition, { group: "org", signal, stepOut: stayIn });

describe("a source", () => {
  it("is collected with the turn that was waited for, and then with those that each further request takes", async () => {
    const definition = feedAt(`http://new.example.org:${site.port}/feed`);
    const visit = await approach(definition);
    expect(events).toEqual(["org into new"]);
    expect(await runtime.collect(definition, { signal, visit })).toMatchObject({ outcome: "collected" });
    expect(events).toEqual(["org into new", "asked for /robots.txt", "out", "org into new", "asked for /feed", "out"]);
  });

  it("waits for its turn by itself where nobody did so before", async () => {
    await runtime.collect(feedOfSite("/feed"), { signal, group: "test" });
    expect(events).toEqual(["test into known", "asked for /feed", "out"]);
  });

  it("that robots.txt forbids gives its turn back", async () => {
    await expect(runtime.collect(feedOfSite("/private"), { signal, group: "test" })).rejects.toMatchObject({ code: "robots_disallowed" });
    expect(events).toEqual(["test into known", "back"]);
  });

  it("whose editors have the permission is collected in spite of it", async () => {
    await runtime.collect(feedOfSite("/private", { ignoreRobots: true }), { signal, group: "test" });
    expect(events).toEqual(["test into known", "asked for /private", "out"]);
  });

  it("takes no turn at an address that is blocked, or that is the operator's", async () => {
    for (const address of ["http://169.254.169.254/", `${site.origin}/feed`]) await (await approach(feedAt(address))).end();
    await expect(runtime.collect(feedAt("http://169.254.169.254/"), { signal })).rejects.toMatchObject({ code: "blocked" });
    expect(events).toEqual([]);
  });
});
