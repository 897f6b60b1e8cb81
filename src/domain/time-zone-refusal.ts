import { parseOffsetMs, resolveTimeZone, TIME_ZONE_IDS } from "./time-zone";
import { TIME_ZONE_ABBREVIATIONS } from "./time-zone-abbreviations";

/** Why an id that `resolveTimeZone` does not know is no time zone, in a sentence for the person, with a suggestion. */
export function refuseTimeZone(id: string): string {
  if (id.trim() === "") return "Choose a time zone, for instance Europe/Berlin.";
  return refuseShorthand(id) ?? unknownZone(id);
}

function refuseShorthand(id: string): string | null {
  const typed = id.trim();
  if (parseOffsetMs(typed) !== null || /^GMT0$/i.test(typed)) {
    return `${typed} is an offset and does not follow clock changes. Use a place, for instance ${placeWithOffset(typed)}.`;
  }
  const places = TIME_ZONE_ABBREVIATIONS[typed.toUpperCase()]?.split(" ");
  if (places === undefined) return null;
  return `${typed} is an abbreviation and does not say which place's clock to follow. Use a place, for instance ${places[0]}.`;
}

/** Places without clock changes where there are any, so that the suggestion is right all year. */
const PLACES_BY_OFFSET_MINUTES: Readonly<Record<number, string>> = {
  [-600]: "Pacific/Honolulu",
  [-540]: "America/Anchorage",
  [-480]: "America/Los_Angeles",
  [-420]: "America/Phoenix",
  [-360]: "America/Costa_Rica",
  [-300]: "America/New_York",
  [-240]: "America/Puerto_Rico",
  [-210]: "America/St_Johns",
  [-180]: "America/Sao_Paulo",
  0: "Europe/London, or UTC",
  60: "Europe/Berlin",
  120: "Africa/Johannesburg",
  180: "Africa/Nairobi",
  210: "Asia/Tehran",
  240: "Asia/Dubai",
  270: "Asia/Kabul",
  300: "Asia/Karachi",
  330: "Asia/Kolkata",
  345: "Asia/Kathmandu",
  360: "Asia/Dhaka",
  390: "Asia/Yangon",
  420: "Asia/Bangkok",
  480: "Asia/Singapore",
  540: "Asia/Tokyo",
  570: "Australia/Adelaide",
  600: "Australia/Brisbane",
  720: "Pacific/Auckland",
};

function placeWithOffset(typed: string): string {
  return PLACES_BY_OFFSET_MINUTES[(parseOffsetMs(typed) ?? 0) / 60_000] ?? "Europe/Berlin";
}

function unknownZone(id: string): string {
  const typed = id.trim().toLowerCase().replaceAll(" ", "_");
  const meant = resolveTimeZone(typed);
  const near = meant.ok ? meant.id : TIME_ZONE_IDS.find((zone) => zone.toLowerCase().endsWith(`/${typed.split("/").pop()}`));
  const advice = near === undefined ? "Pick one from the list, for instance Europe/Berlin." : `Did you mean ${near}?`;
  return `"${id.slice(0, 64)}" is not a known time zone. ${advice}`;
}
