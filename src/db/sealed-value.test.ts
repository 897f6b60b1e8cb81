import { describe, expect, test } from "vitest";
import { testKey } from "@/testing/test-keys";
import { keyIdOf, openValue, type SealedPlace, sealedBytes, sealValue, UnreadableSecretError } from "./sealed-value";

const KEY = testKey("first");
const PLACE: SealedPlace = { orgId: "3f8d8d0a-0000-4000-8000-000000000001", table: "source_header", row: "one", column: "sealed_value" };
const SECRET = "Bearer ключ 🔑";

describe("a sealed value", () => {
  test("is opened by its key at its place", () => {
    expect(openValue([testKey("other", 2), KEY], sealValue(KEY, SECRET, PLACE), PLACE)).toBe(SECRET);
  });

  test("names its key and tells the length, and nothing else", () => {
    const sealed = sealValue(KEY, SECRET, PLACE);
    expect(sealed).toMatch(/^v1\.first\.[\w-]{16}\.[\w-]+$/);
    expect([keyIdOf(sealed), sealedBytes(sealed)]).toEqual(["first", Buffer.byteLength(SECRET)]);
    expect(sealed).not.toContain(Buffer.from(SECRET).toString("base64url").slice(0, 8));
  });

  test("is another one each time", () => {
    const many = new Set(Array.from({ length: 100 }, () => sealValue(KEY, SECRET, PLACE)));
    expect(many.size).toBe(100);
  });

  test.each<[string, Partial<SealedPlace>]>([
    ["organization", { orgId: "3f8d8d0a-0000-4000-8000-000000000002" }],
    ["table", { table: "source_test" }],
    ["row", { row: "two" }],
    ["column", { column: "name" }],
  ])("is not opened in another %s", (_what, elsewhere) => {
    const sealed = sealValue(KEY, SECRET, PLACE);
    expect(() => openValue([KEY], sealed, { ...PLACE, ...elsewhere })).toThrow(UnreadableSecretError);
  });

  test("is not opened once a single character was changed, its key's id included", () => {
    const sealed = sealValue(KEY, SECRET, PLACE);
    for (let index = 0; index < sealed.length; index++) {
      const other = sealed[index] === "A" ? "B" : "A";
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
      // The last character of base64 may hold bits that mean nothing.
      if (index === sealed.length - 1 && Buffer.from(changed.split(".")[3] ?? "", "base64url").equals(Buffer.from(sealed.split(".")[3] ?? "", "base64url")))
        continue;
      expect(() => openValue([KEY, testKey("Airst")], changed, PLACE), changed).toThrow(UnreadableSecretError);
    }
  });

  test("says which key is missing, or that it is another one", () => {
    const sealed = sealValue(KEY, SECRET, PLACE);
    expect(() => openValue([testKey("other")], sealed, PLACE)).toThrow("A stored secret cannot be read: the key first is missing.");
    expect(() => openValue([testKey("first", 2)], sealed, PLACE)).toThrow("it was not sealed here with the key first, or was changed since.");
  });

  test.each(["", "v1", "v2.first.a.b", "v1.first.a.b.c", "plain text"])("of another form is refused: %j", (text) => {
    expect(() => openValue([KEY], text, PLACE)).toThrow("it is not in a form that this version knows");
  });
});
