import { describe, expect, it } from "vitest";
import { planWakeUps } from "./plan-wake-ups";

const at = (time: string) => new Date(`2030-05-01T${time}Z`);
const NOW = at("12:00:00.000");

describe("planning wake-ups", () => {
  it.each([
    { what: "nothing ahead", instants: [], skewMs: 0, nearMs: null, far: [] },
    { what: "an instant in a minute: a wake-up", instants: ["12:01:00.000"], skewMs: 0, nearMs: null, far: ["12:01:00.000"] },
    { what: "an instant in a second: a timer", instants: ["12:00:01.000"], skewMs: 0, nearMs: 1_000, far: [] },
    { what: "the last instant that a timer waits for", instants: ["12:00:01.499"], skewMs: 0, nearMs: 1_499, far: [] },
    { what: "the first that a wake-up is armed for", instants: ["12:00:01.500"], skewMs: 0, nearMs: null, far: ["12:00:01.000"] },
    { what: "one that is due already", instants: ["11:59:59.990"], skewMs: 0, nearMs: -10, far: [] },
    { what: "between two seconds: early, not late", instants: ["12:00:10.300"], skewMs: 0, nearMs: null, far: ["12:00:10.000"] },
    {
      what: "several within a second: one wake-up",
      instants: ["12:00:10.100", "12:00:10.300", "12:00:11.000"],
      skewMs: 0,
      nearMs: null,
      far: ["12:00:10.000", "12:00:11.000"],
    },
    { what: "one near and one far", instants: ["12:00:00.500", "12:05:00.000"], skewMs: 0, nearMs: 500, far: ["12:05:00.000"] },
    { what: "a clock 5 minutes ahead: armed by that clock", instants: ["12:01:00.000"], skewMs: 300_000, nearMs: null, far: ["12:06:00.000"] },
    {
      what: "a clock 400 ms behind: the second before, a timer waits for the rest",
      instants: ["12:01:00.000"],
      skewMs: -400,
      nearMs: null,
      far: ["12:00:59.000"],
    },
    { what: "a difference that is the network's", instants: ["12:01:00.000"], skewMs: -20, nearMs: null, far: ["12:01:00.000"] },
  ])("$what", ({ instants, skewMs, nearMs, far }) => {
    expect(planWakeUps(instants.map(at), NOW, skewMs)).toEqual({ nearMs, far: far.map(at) });
  });
});
