import { describe, expect, test } from "vitest";
import { createRandom, RANDOM_SEED, type Random } from "@/testing/random";
import type { JsonValue } from "./item";
import { createLineReader } from "./json-line";

const TEXTS = [
  "",
  "a",
  "id",
  '"',
  "\\",
  '\\"',
  'a"b',
  "a\\",
  "line\nbreak",
  "\u0001",
  "\u{1f95b}",
  "\ud83e",
  "Käse",
  "__proto__",
  "constructor",
  "7",
  " { [ , ] } ",
  "long enough for V8 to share it",
];
const PLAIN: JsonValue[] = [0, -0.5, 1e300, 1e-7, 2 ** 60, true, false, null];

const oneOf = <T>(random: Random, values: readonly T[]) => values[random(values.length)] as T;

function anyValue(random: Random, deep: number): JsonValue {
  const kind = random(deep > 0 ? 5 : 3);
  if (kind < 2) return oneOf(random, TEXTS);
  if (kind === 2) return oneOf(random, PLAIN);
  return kind === 3 ? Array.from({ length: random(4) }, () => anyValue(random, deep - 1)) : anyObject(random, deep - 1);
}

function anyObject(random: Random, deep: number): Record<string, JsonValue> {
  return Object.fromEntries(Array.from({ length: random(5) }, () => [oneOf(random, TEXTS), anyValue(random, deep)]));
}

/** As PostgreSQL writes the fields: with a space behind each colon and comma. */
const spaced = (value: JsonValue): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  return `{${Object.keys(value)
    .map((name) => `${JSON.stringify(name)}: ${spaced(value[name] ?? null)}`)
    .join(", ")}}`;
};

describe("a reader of lines of JSON", () => {
  test(`reads whatever stands in them as JSON.parse does (seed ${RANDOM_SEED})`, () => {
    const random = createRandom(RANDOM_SEED);
    const read = createLineReader();
    for (let nth = 0; nth < 3_000; nth++) {
      const object = anyObject(random, 4);
      const line = random(2) === 0 ? JSON.stringify(object) : spaced(object);
      expect(JSON.stringify(read(line)), line).toBe(JSON.stringify(JSON.parse(line)));
    }
  });

  test.each([
    ['{"a\\\\":1}', '{"a\\\\":2}', '{"a\\"b":3}'],
    ['{"a":1,"b":2}', '{"b":3,"a":4}', '{"ab":5}', "{}", '{"a":6}'],
    ['{"\\u0061":1}', '{"a":2}'],
  ])("tells names apart from those of the line before: %s", (...lines) => {
    const read = createLineReader();
    expect(lines.map((line) => read(line))).toEqual(lines.map((line) => JSON.parse(line)));
  });

  test("takes a field called __proto__ for a field", () => {
    const { fields } = createLineReader<{ fields: object }>()('{"fields": {"__proto__": {"isAdmin": true}}}');
    expect(Object.hasOwn(fields, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
  });

  test("goes down as deep as a field is", () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const { fields } = createLineReader<{ fields: { deep: JsonValue[] } }>()(`{"fields": {"deep": ${deep}}}`);
    expect(fields.deep).toHaveLength(1);
  });

  test("refuses a line that ends too early, wherever that is", () => {
    const line = '{"id":"7","fields":{"tags": ["a", {"b": "\\""}], "price": 1.5}}';
    const read = createLineReader();
    for (let length = 1; length < line.length; length++) expect(() => read(line.slice(0, length)), line.slice(0, length)).toThrow(SyntaxError);
  });
});
