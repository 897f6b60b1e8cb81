import { describe, expect, test } from "vitest";
import { type CsvOptions, type CsvValue, csvLines } from "./csv-line";

const csvLine = (values: readonly CsvValue[], options: CsvOptions) => csvLines(options)(values);

const SAFE = { separator: ",", formulaSafe: true } as const;

describe("a line of CSV", () => {
  test("quotes what has a separator, a quote or a line break in it", () => {
    expect(csvLine(["plain", "a,b", 'say "milk"', "two\nlines", " kept "], SAFE)).toBe('plain,"a,b","say ""milk""","two\nlines", kept \r\n');
  });

  test("quotes for its own separator alone", () => {
    expect(csvLine(["a,b", "a;b"], { separator: ";", formulaSafe: true })).toBe('a,b;"a;b"\r\n');
    expect(csvLine(["a,b", "a\tb"], { separator: "\t", formulaSafe: true })).toBe('a,b\t"a\tb"\r\n');
  });

  test("leaves cells without a value empty and writes numbers and truth bare", () => {
    expect(csvLine([null, undefined, 0, -5.5, true, ""], SAFE)).toBe(",,0,-5.5,true,\r\n");
  });

  test("is never empty: readers would take it for none", () => {
    expect(csvLine([""], SAFE)).toBe('""\r\n');
    expect(csvLine([null, null], SAFE)).toBe(",\r\n");
  });

  test.each(["=1+1", "+A1", "-A1", "@sum", "\tx", "\rx", "-", "+1-1"])("makes %j harmless for spreadsheets", (text) => {
    expect(csvLine([text], SAFE).replaceAll('"', "")).toBe(`'${text}\r\n`);
  });

  test.each(["-5", "+49", "-0.25", "a=b"])("leaves %j as it is", (text) => {
    expect(csvLine([text], SAFE)).toBe(`${text}\r\n`);
  });

  test("writes formulas as they are when asked to", () => {
    expect(csvLine(["=1+1"], { separator: ",", formulaSafe: false })).toBe("=1+1\r\n");
  });
});
