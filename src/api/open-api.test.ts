import { randomUUID } from "node:crypto";
import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { KEY_SCOPES } from "@/domain/api-key";
import { type ApiWorld, createApiWorld } from "@/testing/api-world";
import { callProcedure } from "@/testing/call-procedure";
import { procedureInputs } from "@/testing/procedure-inputs";
import { shareApiWorld } from "@/testing/share-api-world";
import { FILE_EXAMPLES, groupOperations } from "@/ui/api-reference/api-groups";
import { API_EXAMPLES } from "./api-examples";
import { listApiOperations } from "./api-operations";
import { handleExportDownload } from "./download-export";
import { handleItemExport } from "./export-items";
import { handleItemFeed } from "./handle-feed";
import { handleApiRequest } from "./handle-request";
import { handleOpenApi, openApiDocument } from "./open-api";
import { PROCEDURES } from "./procedures";

const BASE_URL = "http://localhost:3000";
const OPERATIONS = listApiOperations(BASE_URL);

let world: ApiWorld;
let token: string;

beforeAll(async () => {
  world = await createApiWorld();
  shareApiWorld(world);
  ({ token } = await world.key(await world.organization(), [...KEY_SCOPES]));
});

afterAll(() => world.close());

/** What curl would send, with a real key. Aborted soon, so that what waits for a worker or follows gives up. */
function requestOf(curl: string): Request {
  const [, url = ""] = /'(http[^']+)'$/.exec(curl) ?? [];
  const body = / -d '([^']*)'/.exec(curl)?.[1];
  const headers = { authorization: `Bearer ${token}`, "x-forwarded-for": randomUUID(), ...(body !== undefined && { "content-type": "application/json" }) };
  return new Request(url, { headers, signal: AbortSignal.timeout(500), ...(body !== undefined && { method: "POST", body }) });
}

interface Described {
  responses: Record<string, unknown>;
}
const described = openApiDocument(BASE_URL, "1.2.3").paths as Record<string, { get?: Described; post?: Described }>;

test("every procedure that keys may call is described, and no other", async () => {
  const key = await world.key(await world.organization(), [...KEY_SCOPES]);
  const nothing = { presetId: randomUUID(), sourceId: randomUUID(), runId: randomUUID(), memberId: randomUUID(), userId: randomUUID() };
  const others = {
    invitationId: randomUUID(),
    organizationId: randomUUID(),
    keyId: randomUUID(),
    viewId: randomUUID(),
    exportId: randomUUID(),
    linkId: randomUUID(),
  };
  const inputs = procedureInputs({ ...nothing, ...others, scheduleVersionId: "1", itemId: "1" } as Parameters<typeof procedureInputs>[0]);
  const paths = PROCEDURES.map(([path]) => path);
  // Those for anybody need no key.
  const open: string[] = [];
  const allowed: string[] = [];
  for (const path of paths) {
    if ((await callProcedure(world, null, path, inputs[path])).code !== "UNAUTHORIZED") open.push(path);
    if ((await callProcedure(world, key, path, inputs[path])).code !== "FORBIDDEN") allowed.push(path);
  }
  const described = OPERATIONS.map(({ path }) => path).sort();
  expect(described).toEqual(allowed.filter((path) => !open.includes(path)).sort());
  const withInput = OPERATIONS.filter(({ input }) => input !== null).map(({ path }) => path);
  expect(Object.keys(API_EXAMPLES).sort()).toEqual(withInput.sort());
});

describe("an example is answered as it is described", () => {
  test.each(OPERATIONS)("$path", async ({ path, type, output, curl }) => {
    const response = await handleApiRequest(requestOf(curl));
    const operation = described[`/api/trpc/${path}`]?.[type === "mutation" ? "post" : "get"];
    if (type === "subscription") return void (await response.body?.cancel());
    const body = await response.json();
    // Nobody waits for the worker here.
    if (["source.check", "source.test"].includes(path)) return expect(response.status, JSON.stringify(body)).not.toBe(400);
    expect(Object.keys(operation?.responses ?? {}), JSON.stringify(body)).toContain(String(response.status));
    if (response.ok) expect(output?.safeParse(superjson.deserialize(body.result.data)).error).toBeUndefined();
    else expect(body.error.json.data.fieldErrors, "the input itself").toEqual([]);
  });

  test.each(FILE_EXAMPLES)("$title", async ({ commandOf }) => {
    const request = requestOf(commandOf(BASE_URL));
    const { pathname } = new URL(request.url);
    const [path, id = ""] = pathname.split(/(?<=exports)\//);
    const response = await {
      "/api/items/export": () => handleItemExport(request),
      "/api/items/feed": () => handleItemFeed(request),
      "/api/items/exports": () => handleExportDownload(request, { params: Promise.resolve({ id }) }),
    }[path as "/api/items/feed"]();
    expect(Object.keys(described[id ? `${path}/{id}` : pathname]?.get?.responses ?? {})).toContain(String(response.status));
    expect(response.status).toBe(id ? 404 : 200);
    await response.body?.cancel();
  });
});

test("the document has the address and version of the installation, and says truthfully that values stand under json", async () => {
  const document = await handleOpenApi().json();
  expect(document).toMatchObject({ openapi: "3.1.0", info: { version: "0.0.0" }, servers: [{ url: BASE_URL }] });
  const { get } = document.paths["/api/trpc/item.list"];
  expect(get.parameters[0].content["application/json"].example).toEqual({ json: { text: "milk", limit: 10 } });
  const { json } = get.responses[200].content["application/json"].schema.properties.result.properties.data.properties;
  expect(json.properties.items.items.properties.firstSeenAt).toMatchObject({ type: "string", format: "date-time" });
  const skip = document.paths["/api/trpc/schedule.skipNext"].post.requestBody.content["application/json"].example;
  expect(skip).toEqual({ json: { version: 1, slotAt: "2026-11-24T06:00:00.000Z" }, meta: expect.objectContaining({ values: { slotAt: ["Date"] } }) });
  expect(document.paths["/api/items/export"].get.parameters.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(["format", "q", "column", "end"]),
  );
});

test("every reference in the document leads to a part of it, and what is JSON is said to be any", async () => {
  const document = await handleOpenApi().json();
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
  expect(references).toContain("components/schemas/Error");
  for (const path of references)
    expect(
      path.split("/").reduce((part, name) => part?.[name], document),
      path,
    ).toBeDefined();
  const items = document.paths["/api/items/export"].get.responses[200].content["application/json; charset=utf-8"].schema.items;
  expect(items.properties).toMatchObject({ id: { type: "string" }, publishedAt: {}, fields: { type: "object", additionalProperties: {} } });
  expect(items.properties.fields.additionalProperties).toEqual({});
});

test("the page has all of them, those of a new kind too", () => {
  const grouped = groupOperations([...OPERATIONS, { path: "kite.fly" }]);
  expect(grouped.flatMap(([, members]) => members)).toHaveLength(OPERATIONS.length + 1);
  expect(grouped.at(-1)?.[0]).toBe("kite");
});
