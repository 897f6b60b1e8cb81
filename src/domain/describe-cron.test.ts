import { describe, expect, it } from "vitest";
import { describeCron, describeCronParts } from "./describe-cron";

describe("an expression in words", () => {
  it.each([
    ["0 7 * * 1-5", "Every weekday at 07:00"],
    ["0 7,13 * * *", "Every day at 07:00 and 13:00"],
    ["30 2 * * *", "Every day at 02:30"],
    ["0 7 * * 1,4", "Every Monday and Thursday at 07:00"],
    ["0 0 * * 7", "Every Sunday at 00:00"],
    ["0 0 ? * 0", "Every Sunday at 00:00"],
    ["0 0 * * 5-7", "Every day from Friday to Sunday at 00:00"],
    ["0 7 * 1-3 6,0", "Every Saturday and Sunday from January to March at 07:00"],
    ["5 0 * 8 *", "Every day in August at 00:05"],
    ["@hourly", "Every hour"],
    ["@daily", "Every day at 00:00"],
    ["@midnight", "Every day at 00:00"],
    ["@weekly", "Every Sunday at 00:00"],
    ["@monthly", "At 00:00 on day 1 of the month"],
    ["@yearly", "At 00:00 on day 1 of January"],
    ["@annually", "At 00:00 on day 1 of January"],
    ["0 9 L * *", "At 09:00 on the last day of the month"],
    ["0 9 1,L * *", "At 09:00 on day 1 and the last day of the month"],
    ["0 9 1-7,15 * *", "At 09:00 on days 1 to 7 and 15 of the month"],
    ["0 9 */2 * *", "At 09:00 on every second day from day 1 of the month"],
    ["0 9 13 5-11 *", "At 09:00 on day 13 of each month from May to November"],
    ["0 9 * * 5#2", "At 09:00 on the second Friday of the month"],
    ["0 9 * * 5L", "At 09:00 on the last Friday of the month"],
    ["0 9 * 1,7 5L", "At 09:00 on the last Friday of January and July"],
    ["0 9 * * 1,5L", "At 09:00 on every Monday and the last Friday of the month"],
    ["0 9 13 * 5", "At 09:00 on day 13 or on any Friday (whichever comes)"],
    ["0 9 1,15 * 1,5", "At 09:00 on days 1 and 15 or on any Monday or Friday (whichever comes)"],
    ["0 9 13 1 5#2", "At 09:00 on day 13 or on the second Friday of the month (whichever comes) in January"],
    ["0 9 1-31 * 5", "Every Friday at 09:00"],
    ["* * * * *", "Every minute"],
    ["*/15 * * * *", "Every 15 minutes"],
    ["*/15 9-17 * * 1-5", "Every 15 minutes from 09:00 to 17:59, on weekdays"],
    ["*/5 */2 * * *", "Every 5 minutes in every second hour from 00:00"],
    ["* 9 * * *", "Every minute from 09:00 to 09:59"],
    ["*/10 9 1 * *", "At 09:00, 09:10, 09:20, 09:30, 09:40 and 09:50 on day 1 of the month"],
    ["15 * * * *", "Every hour at :15"],
    ["0 */2 * * *", "Every 2 hours"],
    ["30 1-23/2 * * *", "Every 2 hours from 01:30"],
    ["0 9-17 * * *", "Every hour from 09:00 to 17:00"],
    ["*/90 * * * *", "Every hour"],
    ["*/45 * * * *", "At :00 and :45 past every hour"],
    ["5/20 * * * *", "At :05, :25 and :45 past every hour"],
    ["0-10 * * * *", "Every minute from :00 to :10 past every hour"],
    ["20,50 8-18/2 * * 2-6", "At :20 and :50 past 08:00, 10:00, 12:00, 14:00, 16:00 and 18:00, from Tuesday to Saturday"],
    ["5,20 9-17 * * *", "At :05 and :20 past every hour from 09:00 to 17:00"],
  ])("%s", (text, words) => {
    expect(describeCron(text, "Europe/Berlin")).toBe(`${words}, Berlin time`);
  });
});

it("names the zone's city, and UTC as UTC", () => {
  expect(describeCron("0 7 * * *", "UTC")).toBe("Every day at 07:00, UTC");
  expect(describeCron("0 7 * * *", "Etc/UTC")).toBe("Every day at 07:00, UTC");
  expect(describeCron("0 7 * * *", "America/New_York")).toBe("Every day at 07:00, New York time");
  expect(describeCron("0 7 * * *", "Europe/Kiev")).toBe("Every day at 07:00, Kyiv time");
});

it("describes what is refused by its refusal", () => {
  expect(describeCron("60 * * * *", "UTC")).toBe("Minute must be 0 to 59. You have 60.");
});

it("tells times and days apart, and nothing of what is refused", () => {
  expect(describeCronParts("0 7,13 * * 1-5")).toEqual({ times: "07:00 and 13:00", days: "every weekday" });
  expect(describeCronParts("*/15 * 13 * *")).toEqual({ times: "every 15 minutes", days: "on day 13 of the month" });
  expect(describeCronParts("60 * * * *")).toBeNull();
});
