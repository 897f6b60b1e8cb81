import { describe, expect, it } from "vitest";
import { parseExactJson } from "./exact-json";

describe("parseExactJson", () => {
  it.each([
    "9007199254740991",
    "-9007199254740991",
    "0.1000000000000000055",
    "52.520006599999998",
    "1234567890123456.5",
    "1.5e300",
    "-2E+16",
    "1e-400",
    "123e2",
    "12345678901234567e-10",
  ])("reads %s as the number that it is", (written) => expect(parseExactJson(written)).toBe(Number(written)));

  it.each([
    "9007199254740992",
    "9007199254740993",
    "-12345678901234567890",
    "9007199254740993.0",
    "12345678901234567.89",
    "1234567890123456.78",
    "1.2345678901234567891e19",
    "12345678.12345678901E12",
    "1e400",
    "-1E+999",
  ])("keeps %s, which JavaScript would round, as it is written", (written) => expect(parseExactJson(written)).toBe(written));

  it("leaves texts as they are, and does the same at any depth", () => {
    const written = '{"12345678901234567890": ["say \\"12345678901234567891\\"", {"n": 12345678901234567892, "m": [1, 12345678901234567893]}]}';
    expect(parseExactJson(written)).toEqual({
      "12345678901234567890": ['say "12345678901234567891"', { n: "12345678901234567892", m: [1, "12345678901234567893"] }],
    });
  });

  it("refuses what is no JSON", () => expect(() => parseExactJson("[12345678901234567890")).toThrow(SyntaxError));
});
