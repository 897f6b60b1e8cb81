import { z } from "zod";

/** A part of an OpenAPI document. */
export type Json = Record<string, unknown>;

/** As JSON Schema, which OpenAPI 3.1 is made of: of what is sent, or of what is answered. */
export function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const { type } = zodSchema._zod.def;
      if (type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
      // JSON, of which JSON is made: the only one that refers to itself.
      if (type === "lazy") for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
    },
  });
  return withoutReferences(rest, $defs) as Json;
}

/** With each definition where it is referred to: the references are of this schema alone, and tools look for them in the whole document. */
function withoutReferences(part: unknown, definitions: Json): unknown {
  if (Array.isArray(part)) return part.map((each) => withoutReferences(each, definitions));
  if (typeof part !== "object" || part === null) return part;
  const { $ref: reference, ...members } = part as Json;
  const definition = typeof reference === "string" ? definitions[reference.replace("#/$defs/", "")] : undefined;
  const all = { ...members, ...(definition as Json | undefined) };
  return Object.fromEntries(Object.entries(all).map(([name, member]) => [name, withoutReferences(member, definitions)]));
}

/** Each member of a query's schema as a parameter; an array is stated once for each of its values. */
export function parametersOf(schema: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, "input") as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(properties).map(([name, each]) => ({ name, in: "query", required: required.includes(name), schema: each, explode: true }));
}
