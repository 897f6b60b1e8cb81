"use client";
import { warmPart } from "@/ui/display/warm-part";
import { RestingTimeZone } from "./resting-time-zone";

/** A time zone by city, IANA name, old name, country, abbreviation or offset. Only a listed zone can be picked, and it is kept as picked. */
export const WarmTimeZoneSelect = warmPart(() => import("./time-zone-select").then(({ TimeZoneSelect }) => TimeZoneSelect), RestingTimeZone);
