import { describe, expect, test } from "vitest";
import { type AlertRule, decideAlert, type OpenAlert } from "./alert";

/** What a rule says while things go like this: `x` badly, `.` well, `-` neither. One letter of the answer each: Alert, Recovery. */
function said(rule: AlertRule, course: string): string {
  let open: OpenAlert | null = null;
  let inRow = 0;
  const words = [...course].map((letter) => {
    inRow = letter === "x" ? inRow + 1 : letter === "." ? 0 : inRow;
    const seen = letter === "x" ? ({ kind: "bad", inRow } as const) : ({ kind: letter === "." ? "good" : "neither" } as const);
    const decision = decideAlert(rule, open, seen);
    open = decision.open;
    return decision.say === null ? " " : decision.say === "alert" ? "A" : "R";
  });
  return words.join("");
}

describe("with recovery, a rule says once that something fails and once that it works again", () => {
  test.each([
    ["..xxxx....", "  A    R  "],
    ["x-x--.-.", "A      R"],
    // Coming and going is one alert, and one recovery once it stays.
    ["x.x.x.x.x..", "A         R"],
    ["x..x..", "A RA R"],
    // A single run that goes well is not enough.
    ["x.", "A "],
  ])("%s", (course, words) => {
    expect(said({ threshold: null, recovery: true }, course)).toBe(words);
  });

  test.each([
    ["xx.xx.xx.", "         "],
    ["xxx..", "  A R"],
    ["xxxxx.x.xx..", "  A        R"],
    ["xx-x", "   A"],
  ])("after 3 in a row: %s", (course, words) => {
    expect(said({ threshold: 3, recovery: true }, course)).toBe(words);
  });
});

describe("without recovery", () => {
  test("a rule speaks up each time", () => {
    expect(said({ threshold: null, recovery: false }, "x.xx-x")).toBe("A AA A");
  });

  test("a rule with a number speaks up once for each row of failures", () => {
    expect(said({ threshold: 2, recovery: false }, "xxxx.xxx")).toBe(" A    A ");
  });
});

test("a rule that is made while something fails already speaks up at the next failure", () => {
  expect(decideAlert({ threshold: 3, recovery: true }, null, { kind: "bad", inRow: 40 })).toMatchObject({ say: "alert" });
});
