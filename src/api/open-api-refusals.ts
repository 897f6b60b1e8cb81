import type { Json } from "./open-api-schema";

/** How errors of procedures come. Sentences for people; `data.appError.code` is for programs. */
export const ERROR = {
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
  429: "Too often. `Retry-After` says when to come back, where that is known.",
};

/** The answers that say why not: of procedures, or of files. */
export function refusals(schema: "Error" | "Message"): Json {
  const content = { "application/json": { schema: { $ref: `#/components/schemas/${schema}` } } };
  return Object.fromEntries(Object.entries(REFUSALS).map(([status, description]) => [status, { description, content }]));
}
