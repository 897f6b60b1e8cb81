import { randomUUID } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type Database } from "@/db/client";
import { findSourceTestResult, startSourceTest } from "@/db/source-tests";
import { type SourceDefinition, sourceDefinitionSchema } from "@/domain/source";
import { type SourceTestResult, sourceTestResultSchema } from "@/domain/source-test";
import { type CollectedSite, startCollectedSite } from "@/testing/collected-site";
import { createTestDatabase, type TestDatabase } from "@/testing/database";
import { createOrganization } from "@/testing/factories";
import { silentLog } from "@/testing/silent-log";
import { testKeys } from "@/testing/test-keys";
import { testSource } from "./test-source";

const SCRIPT = "<script>alert(1)</script>";
const RSS = "<rss><channel><title>News</title><item><title>Milk</title><guid>a</guid></item></channel></rss>";
const ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>a</id><title>Milk</title></entry></feed>';

/** How a site answers each path, for better or worse. */
const ANSWERS: Record<string, RequestListener | string> = {
  "/rss": RSS,
  "/atom": ATOM,
  "/json": JSON.stringify({ items: [{ id: 1, title: `Milk ${SCRIPT}` }] }),
  "/html": '<!doctype html><article><h2><a href="/a">Milk</a></h2></article>',
  "/latin-1": (_, response) =>
    void response.writeHead(200, { "content-type": "text/xml; charset=iso-8859-1" }).end(Buffer.from(RSS.replace("Milk", "K\u00e4se"), "latin1")),
  "/bad-xml": "<rss><channel><item><title>Milk & more<br></title><guid>a</guid></item>",
  "/404": (_, response) => void response.writeHead(404).end(),
  "/429": (_, response) => void response.writeHead(429, { "retry-after": "60" }).end(),
  "/loop": (_, response) => void response.writeHead(302, { location: "/loop" }).end(),
  "/private": (_, response) => void response.writeHead(302, { location: "http://169.254.169.254/latest/" }).end(),
  "/large": (_, response) => sendForever(response),
  "/slow": () => undefined,
  "/echo": (request, response) => void response.end(`<rss><channel><title>${request.headers.authorization}</title></channel></rss>`),
};

/** 30 MB would be enough; nobody waits for its end. */
function sendForever(response: ServerResponse): void {
  const chunk = Buffer.alloc(1_048_576, "a");
  const send = () => {
    while (!response.destroyed) if (!response.write(chunk)) return void response.once("drain", send);
  };
  send();
}

let server: TestDatabase;
let db: Database;
let collected: CollectedSite;

beforeAll(async () => {
  server = await createTestDatabase();
  db = createDatabase(server.connection, { poolSize: 2, log: silentLog, keys: testKeys });
  collected = await startCollectedSite((request, response) => {
    const answer = ANSWERS[request.url ?? ""] ?? "";
    if (typeof answer === "string") response.end(answer);
    else answer(request, response);
  });
});

afterAll(async () => {
  await collected.close();
  await db.close();
  await server.drop();
});

interface Tested {
  kind?: SourceDefinition["kind"];
  config?: object;
  headers?: { name: string; value: string }[];
}

/** What "Test source" answers for a path of the site, or for an address of another one. */
async function test(path: string, { kind = "feed", config = {}, headers }: Tested = {}): Promise<SourceTestResult> {
  const { orgId } = await createOrganization(db);
  const testId = randomUUID();
  const url = path.startsWith("/") ? `${collected.site.origin}${path}` : path;
  const definition = sourceDefinitionSchema.parse({ name: "Tested", kind, url, config });
  await db.withTenant(orgId, (tx) => startSourceTest(tx, testKeys, { orgId, testId }, { definition, wanted: headers }));
  await testSource({ db, log: silentLog, collectors: collected.runtime }, testId);
  return sourceTestResultSchema.parse(await db.withTenant(orgId, (tx) => findSourceTestResult(tx, orgId, testId)));
}

describe("a test tells what a site gives", () => {
  it.each<[string, Tested, string]>([
    ["/rss", {}, "Milk"],
    ["/atom", {}, "Milk"],
    ["/json", { kind: "json_api" }, `Milk ${SCRIPT}`],
    ["/html", { kind: "html_page", config: { itemSelector: "article" } }, "Milk"],
    ["/latin-1", {}, "K\u00e4se"],
    ["/bad-xml", {}, "Milk & more"],
  ])("%s", async (path, source, title) => {
    const result = await test(path, source);
    expect(result).toMatchObject({ ok: true, itemCount: 1, isCut: false, items: [{ title }], exchange: { status: 200, redirects: [] } });
  });
});

describe("a test tells in words why a site gives nothing", () => {
  it.each<[string, Tested, string, RegExp]>([
    ["/404", {}, "http_status", /^404 Not found\. .+Check the address/],
    ["/429", {}, "http_status", /^429 Too many requests\. .*60 s/],
    ["/loop", {}, "redirect", /^The site redirects more than 5 times\. Nothing was collected\./],
    ["/large", {}, "too_large", /^The answer is larger than 10 MB\. Nothing was collected\./],
    ["/slow", { config: { limits: { seconds: 1 } } }, "timeout", /^The site took too long to answer\. Nothing was collected\./],
    ["/html", {}, "not_a_feed", /^This is a web page, not a feed\./],
    ["/html", { kind: "html_page", config: { itemSelector: ".post" } }, "no_items", /^No items matched `\.post`\. The page has 0 matches;/],
    ["/private", {}, "blocked", /private network\. Nothing was fetched\. .+ask the operator of this server to allow it\.$/],
    ["http://10.0.0.1/feed.xml", {}, "blocked", /private network\. Nothing was fetched\. .+ask the operator of this server to allow it\.$/],
  ])("%s %j: %s", async (path, source, code, message) => {
    expect(await test(path, source)).toMatchObject({ ok: false, code, message: expect.stringMatching(message) });
  });
});

it("a test does not tell the value of a header, whatever the site does with it", async () => {
  const result = await test("/echo", { headers: [{ name: "Authorization", value: "Bearer canary-of-the-test" }] });
  expect(result.exchange?.headers).toEqual(["Authorization"]);
  expect(JSON.stringify(result)).not.toContain("canary-of-the-test");
});
