import { describe, expect, it } from "vitest";
import { getCronExpression, parseCron } from "./cron-expression";
import { isAppError } from "./errors";

function refusal(text: string): string {
  const parsed = parseCron(text);
  return parsed.ok ? "accepted" : `${parsed.field}: ${parsed.message}`;
}

function values(text: string): Record<"minute" | "hour" | "dayOfMonth" | "month" | "dayOfWeek", readonly number[]> {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = getCronExpression(text);
  return { minute: minute.values, hour: hour.values, dayOfMonth: dayOfMonth.values, month: month.values, dayOfWeek: dayOfWeek.values };
}

describe("a refused expression names the field and the fix", () => {
  it.each([
    ["60 * * * *", "minute: Minute must be 0 to 59. You have 60."],
    ["0 24 * * *", "hour: Hour must be 0 to 23. You have 24."],
    ["0 0 32 * *", "dayOfMonth: Day of month must be 1 to 31. You have 32."],
    ["0 0 0 * *", "dayOfMonth: Day of month must be 1 to 31. You have 0."],
    ["0 0 * 13 *", "month: Month must be 1 to 12. You have 13."],
    ["0 0 * * 8", "dayOfWeek: Weekday must be 0 to 7. You have 8."],
    ["-1 * * * *", "minute: Minute must be 0 to 59. You have -1."],
    ["0 9 * *", "expression: Cron needs 5 fields. This has 4; the weekday is missing."],
    ["0 9", "expression: Cron needs 5 fields. This has 2; the day of month, the month and the weekday are missing."],
    ["0 0 9 * * *", "expression: Seconds are not supported. Remove the first field."],
    ["0 0 1 1 * 2027", "expression: Years are not supported. Remove the last field."],
    ["* * * * * * *", "expression: Cron needs 5 fields. This has 7. Seconds and years are not supported: remove the first and the last field."],
    ["* * * * * * * *", "expression: Cron needs 5 fields. This has 8."],
    ["0 9 * * 1, 2", "expression: Remove the space next to the comma."],
    ["TZ=UTC 0 9 * * *", "expression: The time zone has its own field. Remove it from the expression."],
    ["", "expression: Enter a cron expression, for instance 0 7 * * 1-5."],
    [" \t ", "expression: Enter a cron expression, for instance 0 7 * * 1-5."],
    ["5-1 * * * *", "minute: Minute range 5-1 runs backwards. Use 1-5, or 5-59,0-1."],
    ["0 22-0 * * *", "hour: Hour range 22-0 runs backwards. Use 0-22, or 22-23,0."],
    ["0 0 * * fri-mon", "dayOfWeek: Weekday range fri-mon runs backwards. Use mon-fri, or 5-6,0-1."],
    ["0 9 * * 1-5,", "dayOfWeek: Weekday ends with a comma."],
    [",1 * * * *", "minute: Minute starts with a comma."],
    ["1,,2 * * * *", "minute: Minute has two commas in a row."],
    ["*/0 * * * *", "minute: Minute step must be 1 or more. You have 0. Use * for every minute."],
    ["*/ * * * *", "minute: Minute step */ has no number. Write it like */2."],
    ["*/x * * * *", "minute: Minute step must be a whole number. You have x."],
    ["7- * * * *", "minute: Minute range 7- needs a start and an end, like 1-5."],
    ["H * * * *", "minute: `H` is not supported here. Write the value itself, for instance 0."],
    ["* H(1-5)/2 * * *", "hour: `H` is not supported here. Write the value itself, for instance 0."],
    ["0 0 15W * *", "dayOfMonth: `W` is not supported here. Use a plain day, for instance 15."],
    ["0 0 LW * *", "dayOfMonth: `W` is not supported here. Use a plain day, for instance 15."],
    ["0 0 L-3 * *", "dayOfMonth: `L-3` is not supported here. L alone is the last day of the month."],
    ["0 0 * * L", "dayOfWeek: Weekday `L` needs a day before it: 5L is the last Friday of the month."],
    ["0 L * * *", "hour: `L` works only in the two day fields."],
    ["0 0 5#2 * *", "dayOfMonth: `#` works only in the weekday field: 5#2 is the second Friday of the month."],
    ["0 0 * * 5#6", "dayOfWeek: Weekday 5#6: the number after # must be 1 to 5. For instance, 5#2 is the second Friday of the month."],
    ["? * * * *", "minute: `?` works only in the two day fields. Use * here."],
    ["0 0 ?,1 * *", "dayOfMonth: `?` must stand alone, in a day field. Use * or a value."],
    ["0 0 * * MONDAY", "dayOfWeek: Weekday names have three letters. Use MON instead of MONDAY."],
    ["0 0 * JUN 5", "accepted"],
    ["0 0 JUN * 5", 'dayOfMonth: Day of month cannot read "JUN". Use numbers from 1 to 31 with * , - and /, or L for the last day.'],
    ["@reboot", "expression: @reboot is not supported: a schedule follows the clock, not the start of the server. Use @hourly or a time."],
    ["@every 5m", "expression: @every is not supported. Every 5 minutes is */5 * * * *."],
    ["@daily 5", "expression: @daily stands alone. Remove what follows it."],
    ["@noon", "expression: @noon is not known. Use @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually, or five fields."],
    ["0 0 30 2 *", "dayOfMonth: This never runs: February has no day 30."],
    ["0 0 30,31 2 *", "dayOfMonth: This never runs: February has no day 30 or 31."],
    ["0 0 31 4,jun *", "dayOfMonth: This never runs: April and June have no day 31."],
  ])("%j", (text, expected) => {
    expect(refusal(text)).toBe(expected);
  });

  it("and never throws, whatever the text", () => {
    for (const text of [
      "\u0000",
      "constructor",
      "@__proto__",
      "💧 * * * *",
      "１ * * * *",
      "9".repeat(900),
      "9".repeat(9_000),
      "*/1e3 * * * *",
      "1.5 * * * *",
    ]) {
      expect(parseCron(text).ok, JSON.stringify(text.slice(0, 20))).toBe(false);
    }
  });
});

describe("an accepted expression", () => {
  it.each([
    "* * * * *",
    "  0\t0  * * *  ",
    "05 07 * * *",
    "0 0 29 2 *",
    "0 0 31 2 1",
    "0 0 30,L 2 *",
    "0 0 * * fri-sun",
    "*/90 * * * *",
    "0 0 ? * ?",
    "0 0 * * 0,7",
    "@DAILY",
  ])("includes %j", (text) => {
    expect(refusal(text)).toBe("accepted");
  });

  it("keeps the text as typed and expands a macro for display", () => {
    expect(getCronExpression(" @Weekly ")).toMatchObject({ text: " @Weekly ", fiveFields: "0 0 * * 0" });
    expect(getCronExpression(" 0  7 * * MON")).toMatchObject({ text: " 0  7 * * MON", fiveFields: "0 7 * * MON" });
  });

  it("reads lists, ranges, steps and names", () => {
    expect(values("5,1-3,*/30 4/8 1-9/4 JAN,mar-May/2 TUE-thu")).toEqual({
      minute: [0, 1, 2, 3, 5, 30],
      hour: [4, 12, 20],
      dayOfMonth: [1, 5, 9],
      month: [1, 3, 5],
      dayOfWeek: [2, 3, 4],
    });
  });

  it("takes 0, 7 and SUN for Sunday, at either end of a week", () => {
    expect(values("0 0 * * 7").dayOfWeek).toEqual([0]);
    expect(values("0 0 * * 5-7").dayOfWeek).toEqual([0, 5, 6]);
    expect(values("0 0 * * fri-sun").dayOfWeek).toEqual([0, 5, 6]);
    expect(values("0 0 * * sun-tue").dayOfWeek).toEqual([0, 1, 2]);
    expect(values("0 0 * * 5/1").dayOfWeek).toEqual([0, 5, 6]);
  });

  it("reads L, 5L and 5#2 beside plain values", () => {
    expect(getCronExpression("0 0 1,L * 1,5#2,FRIL,7L")).toMatchObject({
      lastDayOfMonth: true,
      nthWeekdays: [{ weekday: 5, nth: 2 }],
      lastWeekdays: [5, 0],
    });
  });

  it.each([
    ["0 0 * * *", "every_day"],
    ["0 0 1-31 * 0-6", "every_day"],
    ["0 0 ? * 1-7", "every_day"],
    ["0 0 1-30,L * *", "every_day"],
    ["0 0 13 * *", "day_of_month"],
    ["0 0 13 * 0-7", "day_of_month"],
    ["0 0 1-31 * 5", "day_of_week"],
    ["0 0 */1 * 5#2", "day_of_week"],
    ["0 0 13 * 5", "either"],
    ["0 0 */2 * 5", "either"],
  ])("%j is due on %s", (text, dayRule) => {
    expect(getCronExpression(text).dayRule).toBe(dayRule);
  });

  it("is an interval as soon as minute or hour has *, a range or a step", () => {
    for (const text of ["* 1 * * *", "30 * * * *", "0-1 1 * * *", "30 1-2 * * *", "0/30 1 * * *", "@hourly"])
      expect(getCronExpression(text).isInterval, text).toBe(true);
    for (const text of ["30 1 * * *", "0,30 1,2 * * 1-5", "@daily"]) expect(getCronExpression(text).isInterval, text).toBe(false);
  });
});

it("throws a validation error that names the cron field where an expression is required", () => {
  try {
    getCronExpression("0 99 * * *");
    expect.unreachable();
  } catch (error) {
    expect(isAppError(error) && { code: error.code, ...error.details }).toEqual({ code: "validation", field: "cronExpression", cronField: "hour" });
  }
});
