import { describe, expect, it } from "vitest";
import { parseCron } from "@/domain/cron-expression";
import { cronSegments, failingRange } from "./cron-segments";

const meanings = (text: string) => cronSegments(text, parseCron(text)).map((segment) => segment.meaning);
const failing = (text: string) =>
  cronSegments(text, parseCron(text))
    .filter((segment) => segment.failing)
    .map((segment) => segment.field);

describe("cronSegments", () => {
  it.each([
    ["0 9-17 * * 1-5", ["minute 0", "9 to 17", "any day", "any month", "Mon to Fri"]],
    ["*/15 * 1,15 1 0", ["every 15 minutes", "any hour", "1, 15", "Jan", "Sun"]],
    ["0 8-18/2 L 3-5 5#2", ["minute 0", "8 to 18, every 2", "last day", "Mar to May", "second Fri"]],
    ["5/10 0 * * 5L", ["from 5, every 10", "hour 0", "any day", "any month", "last Fri"]],
    ["0 0 * JAN SUN", ["minute 0", "hour 0", "any day", "Jan", "Sun"]],
  ])("says what each field of %s means", (text, words) => {
    expect(meanings(text)).toEqual(words);
  });

  it("shows what a macro stands for", () => {
    expect(cronSegments("@Daily", parseCron("@Daily")).map((segment) => segment.text)).toEqual(["0", "0", "*", "*", "*"]);
  });

  it("takes a name that every object has for what it is: no macro", () => {
    expect(cronSegments("constructor", parseCron("constructor")).map((segment) => segment.text)).toEqual(["constructor", "", "", "", ""]);
  });

  it("marks the failing field only", () => {
    expect(failing("60 * * * *")).toEqual(["minute"]);
    expect(failing("0 0 32 * *")).toEqual(["dayOfMonth"]);
    expect(failing("0 9 * * 1-5,")).toEqual(["dayOfWeek"]);
    expect(failing("0 7 * * *")).toEqual([]);
  });

  it("marks the fields that are missing", () => {
    expect(failing("0 9 * *")).toEqual(["dayOfWeek"]);
    expect(failing("")).toEqual([]);
    expect(failing("@reboot")).toEqual([]);
  });

  it("reads the good fields of a bad expression", () => {
    expect(meanings("60 9 * * *")).toEqual(["", "hour 9", "any day", "any month", "any weekday"]);
  });
});

describe("failingRange", () => {
  it("finds the field in the text as it was typed", () => {
    expect(failingRange(" 0   0 32 * *", "dayOfMonth")).toEqual([7, 9]);
    expect(failingRange("0 9 * *", "dayOfWeek")).toEqual([0, 7]);
    expect(failingRange("nonsense", "expression")).toEqual([0, 8]);
  });
});
