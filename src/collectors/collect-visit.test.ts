import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type SourceDefinition, sourceDefinitionSchema } from "@/domain/source";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import { noManners, openGate, rememberRobots } from "@/testing/manners";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import { type CollectorRuntime, createCollectorRuntime } from "./collect";
import { type HostGate, stayIn } from "./host-gate";
import type { Manners } from "./politeness";

const signal = new AbortController().signal;

let site: LocalSite;
let childPath: string;
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
  childPath = await bundleSandboxChild();
  const robots = rememberRobots({ [`http://known.example.org:${site.port}`]: { text: ROBOTS, textAgeMs: 0 } });
  runtime = openRuntime({ gate, robots });
});

function openRuntime(manners: Manners): CollectorRuntime {
  const resolveName = async () => [{ address: "127.0.0.1", family: 4 }];
  return createCollectorRuntime({ policy: site.policy, userAgent: "Milkrun test", sandbox: { childPath }, resolveName, manners });
}

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

  const away = () => Promise.reject(new Error("The database is away."));
  it.each<[string, Manners]>([
    ["the turns", { ...noManners, gate: { enter: away } }],
    ["the files that are known", { ...noManners, robots: { ...rememberRobots(), find: away } }],
    ["the file that was read", { ...noManners, robots: { ...rememberRobots(), saveText: away } }],
  ])("is not said to have failed where %s cannot be looked up or kept", async (_, manners) => {
    const impolite = openRuntime(manners);
    const collecting = impolite.collect(feedOfSite("/feed"), { signal });
    await expect(collecting).rejects.toMatchObject({ name: "MannersError", cause: { message: "The database is away." } });
    await impolite.close();
  });
});
