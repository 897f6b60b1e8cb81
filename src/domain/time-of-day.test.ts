import { expect, it } from "vitest";
import { formatTimeOfDay, readTimeOfDay } from "./time-of-day";

it.each([
  ["07:00", "07:00"],
  ["7", "07:00"],
  ["7:05", "07:05"],
  [" 19.30 ", "19:30"],
  ["730", "07:30"],
  ["1930", "19:30"],
  ["0:00", "00:00"],
  ["7 am", "07:00"],
  ["7:30 p.m.", "19:30"],
  ["12am", "00:00"],
  ["12 PM", "12:00"],
])("reads %j as %s", (text, clock) => {
  const time = readTimeOfDay(text);
  expect(time && formatTimeOfDay(time)).toBe(clock);
});

it.each(["", "24:00", "7:60", "7:5", "13 pm", "0 am", "noon", "-7", "07:00:00"])("does not take %j for a time", (text) => {
  expect(readTimeOfDay(text)).toBeNull();
});
