import { expect, it } from "vitest";
import { TIME_ZONE_IDS } from "./time-zone";
import { searchTimeZones } from "./time-zone-search";

const NOVEMBER = new Date("2026-11-23T12:00:00Z");
const JULY = new Date("2026-07-01T12:00:00Z");

it.each([
  ["Kolk", "Asia/Kolkata"],
  ["Calcutta", "Asia/Kolkata"],
  ["Bombay", "Asia/Kolkata"],
  ["kyiv", "Europe/Kyiv"],
  ["Kiev", "Europe/Kyiv"],
  ["são", "America/Sao_Paulo"],
  ["sao paulo", "America/Sao_Paulo"],
  ["new york", "America/New_York"],
  ["America/New_York", "America/New_York"],
  ["york", "America/New_York"],
  ["PT", "America/Los_Angeles"],
  ["cet", "Europe/Berlin"],
  ["utc", "UTC"],
  ["germany", "Europe/Berlin"],
  ["mexico", "America/Mexico_City"],
  ["india", "Asia/Kolkata"],
  ["Peking", "Asia/Shanghai"],
  ["seattle", "America/Los_Angeles"],
  ["Lviv", "Europe/Kyiv"],
])("%s finds %s first", (query, id) => {
  expect(searchTimeZones(query, NOVEMBER)[0]?.id).toBe(id);
});

it("finds all candidates of an abbreviation and nothing that only contains its letters", () => {
  expect(searchTimeZones("PT", NOVEMBER).map(({ id }) => id)).toEqual(["America/Los_Angeles", "America/Vancouver", "America/Tijuana"]);
});

it("finds an offset as it is at that time of the year", () => {
  expect(searchTimeZones("+5:30", NOVEMBER).map(({ id }) => id)).toEqual(["Asia/Kolkata", "Asia/Colombo"]);
  expect(searchTimeZones("UTC+2", JULY, 500).map(({ id }) => id)).toContain("Europe/Berlin");
  expect(searchTimeZones("UTC+2", NOVEMBER, 500).map(({ id }) => id)).not.toContain("Europe/Berlin");
});

it("tells city, country and offset", () => {
  expect(searchTimeZones("kolkata", NOVEMBER)[0]).toEqual({ id: "Asia/Kolkata", city: "Kolkata", country: "India", offsetMs: 19_800_000 });
});

it("lists every zone for an empty query and none for nonsense", () => {
  expect(searchTimeZones("", NOVEMBER, 1_000)).toHaveLength(TIME_ZONE_IDS.length);
  expect(searchTimeZones("qqqq", NOVEMBER)).toEqual([]);
});
