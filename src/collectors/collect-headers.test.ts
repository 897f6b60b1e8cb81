import type { IncomingMessage, RequestListener } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sourceDefinitionSchema } from "@/domain/source";
import { type LocalSite, startLocalSite } from "@/testing/local-site";
import { noManners } from "@/testing/manners";
import { bundleSandboxChild } from "@/testing/sandbox-child";
import { type CollectorRuntime, createCollectorRuntime } from "./collect";

const HEADERS = { Authorization: "Bearer canary", "X-Team": "blue" };

let own: LocalSite;
let foreign: LocalSite;
let runtime: CollectorRuntime;
let answer: RequestListener;
let asked: [site: string, authorization: string | undefined][] = [];

beforeAll(async () => {
  const site = (name: string) =>
    startLocalSite((request: IncomingMessage, response) => {
      asked.push([name + request.url, request.headers.authorization]);
      answer(request, response);
    });
  own = await site("own");
  foreign = await site("foreign");
  const policy = { allowCidrs: ["127.0.0.0/8"], allowPorts: [own.port, foreign.port], allowPrefixes: [] };
  runtime = createCollectorRuntime({ policy, userAgent: "Milkrun test", manners: noManners, sandbox: { childPath: await bundleSandboxChild() } });
});

beforeEach(() => {
  asked = [];
});

afterAll(async () => {
  await runtime.close();
  await own.close();
  await foreign.close();
});

function collect(config: object, headers: Record<string, string> | undefined = HEADERS) {
  const definition = sourceDefinitionSchema.parse({ name: "test", kind: "json_api", url: `${own.origin}/list`, config });
  return runtime.collect(definition, { signal: new AbortController().signal, headers });
}

const rows = (id: number, next?: string) => JSON.stringify({ items: [{ id }], next });

it("headers go along with every page of the source's own site", async () => {
  answer = (request, response) => void response.end(request.url === "/list" ? rows(1, `${own.origin}/more`) : rows(2));
  await collect({ itemsExpression: "items", pagination: { type: "cursor", cursorExpression: "next", parameter: "cursor" } });
  expect(asked).toEqual([
    ["own/list", HEADERS.Authorization],
    ["own/more", HEADERS.Authorization],
  ]);
});

it("an expression that makes up the address of the next page does not get them", async () => {
  answer = (_request, response) => void response.end(rows(asked.length));
  const cursorExpression = `"${foreign.origin}/steal"`;
  await collect({ itemsExpression: "items", pagination: { type: "cursor", cursorExpression, parameter: "cursor" } });
  expect(asked).toEqual([
    ["own/list", HEADERS.Authorization],
    ["foreign/steal", undefined],
  ]);
});

it("a site that names another one as its next page does not pass them on", async () => {
  answer = (request, response) =>
    void response.writeHead(200, request.url === "/list" ? { link: `<${foreign.origin}/next>; rel="next"` } : {}).end(rows(asked.length));
  await collect({ itemsExpression: "items", pagination: { type: "link_header" } });
  expect(asked).toEqual([
    ["own/list", HEADERS.Authorization],
    ["foreign/next", undefined],
  ]);
});

it("neither does one that redirects there, even when the way leads back", async () => {
  answer = (request, response) => {
    if (request.url === "/list") return void response.writeHead(302, { location: `${foreign.origin}/through` }).end();
    if (request.url === "/through") return void response.writeHead(302, { location: `${own.origin}/back` }).end();
    response.end(rows(1));
  };
  await collect({ itemsExpression: "items" });
  expect(asked).toEqual([
    ["own/list", HEADERS.Authorization],
    ["foreign/through", undefined],
    ["own/back", undefined],
  ]);
});

it("a source without headers sends none", async () => {
  answer = (_request, response) => void response.end(rows(1));
  await collect({ itemsExpression: "items" }, {});
  expect(asked).toEqual([["own/list", undefined]]);
});
