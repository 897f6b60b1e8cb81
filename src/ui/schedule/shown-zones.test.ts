import { expect, test } from "vitest";
import { shownZones } from "./shown-zones";

const WINTER = { at: new Date("2027-01-15T07:00:00Z") };
const SUMMER = { at: new Date("2027-07-15T07:00:00Z") };

test("the reader's zone has a column where its clock differs in some row", () => {
  expect(shownZones([WINTER], "Europe/London", "Africa/Abidjan", false).viewer).toBeNull();
  expect(shownZones([WINTER, SUMMER], "Europe/London", "Africa/Abidjan", false).viewer).toBe("Africa/Abidjan");
  expect(shownZones([WINTER, SUMMER], "Europe/Berlin", "Europe/Paris", false).viewer).toBeNull();
  expect(shownZones([WINTER], "Europe/London", null, false).viewer).toBeNull();
});

test("UTC has a column where somebody wants it and it differs from the schedule's own clock", () => {
  expect(shownZones([SUMMER], "Europe/London", null, true)).toMatchObject({ utc: "UTC", canShowUtc: true });
  expect(shownZones([SUMMER], "Europe/London", null, false)).toMatchObject({ utc: null, canShowUtc: true });
  expect(shownZones([WINTER], "Europe/London", null, true)).toMatchObject({ utc: null, canShowUtc: false });
  // Beside a reader who lives by it, too: they asked for it.
  expect(shownZones([WINTER], "Europe/Berlin", "Europe/London", true)).toMatchObject({ viewer: "Europe/London", utc: "UTC" });
});
