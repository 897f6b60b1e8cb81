import { z } from "zod";
import { EXPORT_FORMATS, exportContentType, itemExportQuerySchema } from "@/domain/item-export";
import { type ApiOperation, listApiOperations } from "./api-operations";
import { sharedApiEnvironment } from "./environment";
import { feedQuerySchema } from "./handle-feed";

type Json = Record<string, unknown>;

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

/** How errors of procedures come. Sentences for people; `data.appError.code` is for programs. */
const ERROR = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: {
        json: {
          type: "object",
          properties: {
            message: { type: "string" },
            code: { type: "integer" },
            data: {
              type: "object",
              properties: {
                code: { type: "string" },
                httpStatus: { type: "integer" },
                path: { type: "string" },
                appError: { type: ["object", "null"] },
                fieldErrors: { type: "array", items: { type: "object", properties: { path: { type: "string" }, message: { type: "string" } } } },
              },
            },
          },
          required: ["message", "data"],
        },
      },
      required: ["json"],
    },
  },
  required: ["error"],
};

const REFUSALS = {
  400: "The input is refused; the message says why.",
  401: "The API key is missing, expired or revoked.",
  403: "The key's scopes do not allow this.",
  404: "There is nothing of this id in the key's organization.",
  409: "Something else is in the way: a newer version, or a run that is going.",
  429: "Too often. `Retry-After` says when to come back.",
};

function refusals(schema: "Error" | "Message"): Json {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
  return Object.fromEntries(Object.entries(REFUSALS).map(([status, description]) => [status, { description, content }]));
}

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

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  return rest;
}

/** Each member of a query's schema as a parameter; an array is stated once for each of its values. */
function parametersOf(schema: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, each]) => ({ name, in: "query", required: required.includes(name), schema: each, explode: true }));
}

const idParameter = (name: string) => ({ name, in: "path", required: true, schema: { type: "string" } });
const binary = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, { schema: { type: "string" } }]));
const FORMAT_TYPES = EXPORT_FORMATS.map(exportContentType);

/** What is no procedure: files, which are streamed. */
const FILES: Json = {
  "/api/items/export": {
    get: {
      operationId: "exportItems",
      tags: ["files"],
      summary: "Everything that matches, as a file that is sent while it is read: for keys with the scope read",
      parameters: parametersOf(itemExportQuerySchema),
      responses: {
        200: { description: "The file. One that was cut off lacks the last chunk of the answer.", content: binary(FORMAT_TYPES) },
        ...refusals("Message"),
      },
    },
  },
  "/api/items/exports/{id}": {
    get: {
      operationId: "downloadExport",
      tags: ["files"],
      summary: "A file that export.start had written, with its length and its checksum in the head: for keys with the scope read",
      parameters: [idParameter("id")],
      responses: { 200: { description: "The file.", content: binary(FORMAT_TYPES) }, ...refusals("Message") },
    },
  },
  "/api/items/feed": {
    get: {
      operationId: "itemFeed",
      tags: ["files"],
      summary: "The newest items of a view or a filter as an Atom feed: for keys with the scope read",
      parameters: parametersOf(feedQuerySchema),
      responses: {
        200: { description: "The feed.", content: binary(["application/atom+xml"]) },
        304: { description: "Nothing is new." },
        ...refusals("Message"),
      },
    },
  },
  "/api/links/{token}": {
    get: {
      operationId: "openLink",
      tags: ["files"],
      summary: "What a signed link shows, a file or a feed, without a key. People make links in the export panel of the Items page",
      security: [],
      parameters: [idParameter("token")],
      responses: { 200: { description: "The file or the feed.", content: binary([...FORMAT_TYPES, "application/atom+xml"]) }, ...refusals("Message") },
    },
  },
};
