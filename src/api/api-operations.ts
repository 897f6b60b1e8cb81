import superjson from "superjson";
import type { z } from "zod";
import { keyMay } from "@/auth/key-scopes";
import { KEY_SCOPES, type KeyScope } from "@/domain/api-key";
import type { Permission } from "@/domain/roles";
import { API_EXAMPLES } from "./api-examples";
import { PROGRAM_PERMISSION } from "./init";
import { PROCEDURES, type ProcedureDefinition } from "./procedures";

/** A procedure that programs may call, and how. */
export interface ApiOperation {
  /** As `item.list`. */
  path: string;
  type: ProcedureDefinition["type"];
  /** A key with one of these may call it. */
  scopes: KeyScope[];
  input: z.ZodType | null;
  output: z.ZodType | null;
  /** An input as it is sent; undefined where none is taken. */
  example: unknown;
  /** The same as a command, which answers when its `mr_…` is an API key. */
  curl: string;
}

/** Every procedure that an API key may call, in the router's order: read from the procedures themselves. */
export function listApiOperations(baseUrl: string): ApiOperation[] {
  return PROCEDURES.flatMap(([path, definition]) => {
    const permission = permissionOf(definition);
    return permission ? [operationOf(path, definition, permission, baseUrl)] : [];
  });
}

function permissionOf({ middlewares }: ProcedureDefinition): Permission | null {
  const asked = middlewares.find((step): step is { [PROGRAM_PERMISSION]: Permission } => PROGRAM_PERMISSION in step);
  return asked?.[PROGRAM_PERMISSION] ?? null;
}

function operationOf(path: string, { type, inputs, output }: ProcedureDefinition, permission: Permission, baseUrl: string): ApiOperation {
  const scopes = KEY_SCOPES.filter((scope) => keyMay([scope], permission));
  const [input = null] = inputs;
  const example = input && superjson.serialize(API_EXAMPLES[path] ?? {});
  return { path, type, scopes, input, output: output ?? null, example: example ?? undefined, curl: curlOf(`${baseUrl}/api/trpc/${path}`, type, example) };
}

const KEY = "-H 'Authorization: Bearer mr_…'";

function curlOf(url: string, type: ApiOperation["type"], example: unknown): string {
  const text = JSON.stringify(example ?? {});
  if (type === "mutation") return `curl ${KEY} -H 'Content-Type: application/json' -d '${text.replaceAll("'", "\\u0027")}' '${url}'`;
  const query = example ? `?input=${encodeURIComponent(text).replaceAll("'", "%27")}` : "";
  return `curl ${type === "subscription" ? "-N " : ""}${KEY} '${url}${query}'`;
}
