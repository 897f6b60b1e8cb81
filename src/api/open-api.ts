import type { z } from "zod";
import { type ApiOperation, listApiOperations } from "./api-operations";
import { sharedApiEnvironment } from "./environment";
import { FILES } from "./open-api-files";
import { ERROR, refusals } from "./open-api-refusals";
import { type Json, schemaOf } from "./open-api-schema";

/** Answers `GET /api/openapi.json`. It says nothing of any organization, so that tools can fetch it without a key. */
export function handleOpenApi(): Response {
  const { baseUrl, version } = sharedApiEnvironment().settings;
  return Response.json(openApiDocument(baseUrl, version), { headers: { "cache-control": "no-cache" } });
}

/** What programs with an API key may call, as OpenAPI 3.1 says it: the procedures as tRPC sends them, and the files. */
export function openApiDocument(baseUrl: string, version: string): Json {
  return {
    openapi: "3.1.0",
    info: { title: "Milkrun", version, description: ABOUT },
    servers: [{ url: baseUrl }],
    security: [{ apiKey: [] }],
    paths: { ...FILES, ...Object.fromEntries(listApiOperations(baseUrl).map((operation) => [`/api/trpc/${operation.path}`, pathOf(operation)])) },
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "An API key, as mr_…, that an owner or admin makes under Settings, API keys." },
      },
      schemas: { Error: ERROR, Message: { type: "object", properties: { message: { type: "string" } }, required: ["message"] } },
    },
  };
}

const ABOUT =
  "Procedures take and give JSON in the form of superjson: the value itself under `json`, and under `meta.values` which of its members are of types that JSON " +
  "does not have. Instants are such: they are ISO 8601 texts in `json`, and where one is sent, `meta.values` has to name it as a `Date`, as the " +
  "examples do. What is read can be used without a look at `meta`. A key is good for 600 requests a minute.";

function pathOf({ path, type, scopes, input, output, example, curl }: ApiOperation): Json {
  const [group = ""] = path.split(".");
  const schema = input && envelope(schemaOf(input, "input"));
  const sent = schema && { schema, example };
  const operation = {
    operationId: path,
    tags: [group],
    summary: `${path}: for keys with the scope ${scopes.join(" or ")}`,
    ...(type !== "mutation" && sent && { parameters: [{ name: "input", in: "query", content: { "application/json": sent } }] }),
    ...(type === "mutation" && { requestBody: { required: input !== null, content: { "application/json": sent ?? { schema: { type: "object" } } } } }),
    responses: { 200: answerOf(type, output), ...refusals("Error") },
    "x-codeSamples": [{ lang: "Shell", label: "curl", source: curl }],
  };
  return { [type === "mutation" ? "post" : "get"]: operation };
}

function answerOf(type: ApiOperation["type"], output: z.ZodType | null): Json {
  if (type === "subscription") {
    return {
      description: "What is now, and each change from then on, as server-sent events.",
      content: { "text/event-stream": { schema: { type: "string" } } },
    };
  }
  const data = envelope(output ? schemaOf(output, "output") : {});
  const result = { type: "object", properties: { data }, required: ["data"] };
  return { description: "Done.", content: { "application/json": { schema: { type: "object", properties: { result }, required: ["result"] } } } };
}

/** A value as superjson writes it. */
function envelope(schema: Json): Json {
  return { type: "object", properties: { json: schema, meta: { type: "object" } }, required: ["json"] };
}
