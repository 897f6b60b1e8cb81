import type { IncomingMessage, ServerResponse } from "node:http";
import { createPageFetcher, type FetchLimits, type PageFetcher } from "@/collectors/fetch-page";
import { createAddressGuard } from "@/collectors/guard-address";
import { type HostGate, stayIn } from "@/collectors/host-gate";
import { createApproach, type Manners } from "@/collectors/politeness";
import { createVisit } from "@/collectors/visit";
import { type LocalSite, startLocalSite } from "./local-site";
import { openGate, rememberRobots } from "./manners";

const opened: (PageFetcher | LocalSite)[] = [];

/** Ends what the visits of a test began. */
export async function leaveSites(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
}

type Answer = string | ((request: IncomingMessage, response: ServerResponse) => void);

interface WorldOptions extends Partial<Manners> {
  limits?: Partial<FetchLimits>;
  ignoreRobots?: boolean;
  signal?: AbortSignal;
}

/** A site with several names, on this machine, that answers each address as the test says and others with 404. */
export async function visitSite(answers: Record<string, Answer>, options: WorldOptions = {}) {
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

/** Answers with a status and nothing else. */
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    response.writeHead(code, headers).end();

/** Notes who enters and how they leave. */
export function watchedGate(enter: HostGate["enter"] = openGate.enter) {
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
