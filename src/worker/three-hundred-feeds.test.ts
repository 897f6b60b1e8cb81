import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CollectorRuntime, createCollectorRuntime } from "@/collectors/collect";
import { parseEnv } from "@/config/env";
import type { Database } from "@/db/client";
import type { RunDetail } from "@/domain/run";
import { readSourceList } from "@/domain/source-list";
import { collectorOptions } from "@/server-options";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { bundle } from "@/testing/bundle";
import { CORPUS_NOTE, openCorpus } from "@/testing/corpus/corpus-files";
import type { TestOrganization } from "@/testing/factories";
import { noManners } from "@/testing/manners";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import { silentLog } from "@/testing/silent-log";
import { lookAtRun } from "@/testing/started-run";
import { createRunExecutor, type ExecuteRun } from "./execute-run";

const FEEDS = 280;
const HOSTILE = 20;
/** What is promised. */
const MOST_SLOWER = 2;

const corpus = openCorpus();
const isAsked = process.env.MILKRUN_TEST_300 === "1";
const note = corpus ? " (skipped: MILKRUN_TEST_300=1 runs it, for a minute or two)" : CORPUS_NOTE;

/** In a process of their own: what they send must not cost the worker's time. Every capture has its version. */
const SITES = `
  import { createHash } from "node:crypto";
  import { once } from "node:events";
  import { createServer } from "node:http";
  import { hostileDocuments } from "@/collectors/attacks/hostile-documents";
  import { hostileResponses } from "@/collectors/attacks/hostile-responses";
  import { openHostileSite } from "@/collectors/attacks/hostile-site";
  import { openCorpus } from "@/testing/corpus/corpus-files";

  const corpus = openCorpus();
  const captures = corpus.entries.filter(({ kind, feedparser_entries }) => kind.startsWith("feed") && feedparser_entries > 0).slice(0, ${FEEDS}).map(({ file }) => corpus.bytes(file));
  const tags = captures.map((body) => '"' + createHash("sha256").update(body).digest("hex") + '"');
  const healthy = createServer((request, response) => {
    const nth = Number(request.url.slice(1));
    const isKnown = request.headers["if-none-match"] === tags[nth];
    response.writeHead(isKnown ? 304 : 200, { etag: tags[nth] }).end(isKnown ? undefined : captures[nth]);
  });
  const sends = (body) => (socket) => socket.end(Buffer.concat([Buffer.from("HTTP/1.1 200 OK\\r\\nContent-Length: " + body.length + "\\r\\n\\r\\n"), body]));
  const nested = hostileDocuments.filter(({ task, endings }) => task === "feed" && endings[0] !== "done").slice(0, 4).map(({ input }) => ({ answer: sends(input.body) }));
  const responses = hostileResponses();
  const every = Array.from({ length: ${HOSTILE} - nested.length }, (_, nth) => responses[Math.floor((nth * responses.length) / (${HOSTILE} - nested.length))]);
  const hostile = await openHostileSite([...nested, ...every]);
  await once(healthy.listen(0, "127.0.0.1"), "listening");
  process.send({ hostile: hostile.port, healthy: healthy.address().port });
  process.on("disconnect", () => process.exit(0));`;

let world: ApiWorld;
let db: Database;
let sites: ChildProcess;
let ports: { hostile: number; healthy: number };
let collectors: CollectorRuntime;
let execute: ExecuteRun;

const feeds = () => Array.from({ length: FEEDS }, (_, nth) => `http://127.0.0.1:${ports.healthy}/${nth}`);
/** The hostile ones among the others: one after 14 of them. */
const mixed = () => feeds().flatMap((url, nth) => (nth % 14 === 0 ? [url, `http://127.0.0.1:${ports.hostile}/${nth / 14}/`] : [url]));

/** An OPML document as a feed reader exports it, in folders of ten. */
function opmlOf(urls: readonly string[]): string {
  const outlines = urls.map((url, nth) => `<outline type="rss" text="Feed ${nth + 1}" xmlUrl="${url}"/>`);
  const folders = outlines.flatMap((_, nth) =>
    nth % 10 === 0 ? `<outline text="Folder ${nth / 10 + 1}">\n${outlines.slice(nth, nth + 10).join("\n")}\n</outline>` : [],
  );
  return `<?xml version="1.0"?>\n<opml version="2.0"><head><title>Feeds</title></head><body>\n${folders.join("\n")}\n</body></opml>`;
}

/** An organization whose owner imports this document as the page does: its entries go to the procedure, and what they name into a new preset. */
async function importOpml(document: string) {
  const { session, ...organization } = await world.organization();
  const startedAt = performance.now();
  const result = await world.caller(session).source.import({ entries: readSourceList(document), preset: { name: "Imported" } });
  const tookMs = Math.round(performance.now() - startedAt);
  expect(new Set(result.outcomes.map(({ outcome }) => outcome))).toEqual(new Set(["added"]));
  return { organization: { ...organization, presetId: result.preset?.id ?? "" }, count: result.outcomes.length, tookMs };
}

async function run({ orgId, presetId }: TestOrganization): Promise<RunDetail> {
  const number = (await db.system.run.count({ where: { orgId } })) + 1;
  const { id } = await db.system.run.create({ data: { orgId, number, trigger: "person", status: "queued", limitMs: 600_000, presetId } });
  await execute(id, new AbortController().signal);
  return lookAtRun(db, orgId, id);
}

const isHealthy = ({ url }: { url: string }) => url.includes(`:${ports.healthy}/`);
const healthyOf = (run: RunDetail) => run.sources.filter(isHealthy);
const statusesOf = (run: RunDetail) => healthyOf(run).map(({ status, newCount, message }) => ({ status, newCount, message }));

/** The 95th percentile of how long healthy sources took, in milliseconds. */
function p95(run: RunDetail): number {
  const sorted = healthyOf(run).map(({ startedAt, finishedAt }) => Number(finishedAt) - Number(startedAt));
  return sorted.sort((one, other) => one - other)[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

describe.skipIf(!corpus || !isAsked)(`a run of 300 feeds, 20 of them hostile${corpus && isAsked ? "" : note}`, () => {
  beforeAll(async () => {
    world = await createApiWorld();
    db = world.db;
    sites = fork(await bundle("three-hundred-feeds", SITES), { execArgv: [] });
    [ports] = await once(sites, "message");
    const options = collectorOptions(parseEnv({}));
    const policy = { allowCidrs: ["127.0.0.0/8"], allowPorts: Object.values(ports), allowPrefixes: [] };
    const sandbox = { ...options.sandbox, childPath: await bundleSandboxChild() };
    collectors = createCollectorRuntime({ ...options, manners: noManners, policy, sandbox, limits: { deadlineMs: 2_000 } });
    // Nobody waits between attempts: how long is tested elsewhere.
    execute = createRunExecutor({ db, collectors, log: silentLog, instanceId: randomUUID(), wait: async () => {} });
  });

  afterAll(async () => {
    sites.disconnect();
    await collectors.close();
    await world.close();
  });

  it("ends as partial, says what came of each, is not slow because of them, and is mostly 304 the second time", async () => {
    const control = await run((await importOpml(opmlOf(feeds()))).organization);
    const { organization, count, tookMs: importMs } = await importOpml(opmlOf(mixed()));
    expect(count).toBe(FEEDS + HOSTILE);
    const first = await run(organization);
    const second = await run(organization);

    expect([control.status === "failed", first.status, second.status]).toEqual([false, "partial", "partial"]);
    expect(statusesOf(first)).toEqual(statusesOf(control));
    const hostile = first.sources.filter((source) => !isHealthy(source));
    expect(hostile.map(({ status }) => status)).toEqual(Array.from({ length: HOSTILE }, () => "failed"));
    for (const { message, errorCode } of hostile)
      expect([message, errorCode]).toEqual([expect.stringMatching(/^\S.{20,}\.$/s), expect.not.stringMatching("internal")]);
    const unchanged = healthyOf(second).filter(({ status }) => status === "not_modified").length;
    const readable = healthyOf(control).filter(({ status }) => status === "succeeded").length;
    const tookMs = (run: RunDetail) => Number(run.finishedAt) - Number(run.startedAt);
    process.stdout.write(
      `\n${count} feeds of an OPML file imported in ${importMs} ms; ${readable} of ${FEEDS} captures read; healthy p95 ${p95(control)} ms alone, ${p95(first)} ms beside ${HOSTILE} hostile; second run ${unchanged} unchanged; runs took ${[control, first, second].map(tookMs).join(", ")} ms\n${[...new Set(hostile.map(({ message }) => message))].join("\n")}\n\n`,
    );
    expect(unchanged).toBe(readable);
    expect(p95(first)).toBeLessThanOrEqual(Math.max(MOST_SLOWER * p95(control), 50));
  }, 300_000);
});
