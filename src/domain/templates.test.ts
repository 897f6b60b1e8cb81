import { describe, expect, it } from "vitest";
import { SOURCE_KINDS, sourceDefinitionSchema } from "./source";
import { SOURCE_TEMPLATES } from "./templates";

describe("templates", () => {
  it("have distinct ids", () => {
    expect(new Set(SOURCE_TEMPLATES.map(({ id }) => id)).size).toBe(SOURCE_TEMPLATES.length);
  });

  it("show every kind of source", () => {
    expect(new Set(SOURCE_TEMPLATES.map(({ definition }) => definition.kind))).toEqual(new Set(SOURCE_KINDS));
  });

  it.each(SOURCE_TEMPLATES)("$id is a complete definition", ({ title, description, definition }) => {
    expect(sourceDefinitionSchema.parse(definition)).toEqual(definition);
    expect([title, description]).not.toContain("");
  });
});
