import { expect, it } from "vitest";
import { freeName } from "./free-name";
import { newJsonField } from "./source-form-values";

it("a name that is taken gets the first number that is free, and stays short enough for a field", () => {
  const fields = (...names: string[]) => names.map((name) => newJsonField({ name }));
  expect(freeName("price", fields("title"))).toBe("price");
  expect(freeName("price", fields("price", "price_2"))).toBe("price_3");
  expect(freeName("a".repeat(40), fields("a".repeat(40)))).toBe(`${"a".repeat(36)}_2`);
});
