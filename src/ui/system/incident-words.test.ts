import { expect, it } from "vitest";
import { incidentWords } from "./incident-words";
import type { Incidents } from "./system-readings";

const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const NOW = at("12:00:00");

it.each<[Incidents[number], string]>([
  [{ kind: "missed", at: NOW, fromAt: at("06:00:00"), untilAt: at("06:00:00"), slots: 1, schedules: 1 }, "1 slot of 1 schedule at Tue 24 Nov, 07:00 Berlin."],
  [
    { kind: "missed", at: NOW, fromAt: at("06:00:00"), untilAt: at("08:00:00"), slots: 1_200, schedules: 10 },
    "1,200 slots of 10 schedules from Tue 24 Nov, 07:00 Berlin to Tue 24 Nov, 09:00 Berlin.",
  ],
  [{ kind: "interrupted", at: NOW, runs: 1 }, "1 run lost a worker and was taken up by another one."],
  [{ kind: "abandoned", at: NOW, runs: 2 }, "2 runs given up: too many workers died at it."],
  [{ kind: "gone", at: NOW, process: "box, 7", roles: ["web", "worker"] }, "box, 7 (web, worker) stopped without a word."],
])("%j is told as “%s”", (incident, words) => {
  expect(incidentWords(incident, "Europe/Berlin", NOW, "24h")).toBe(words);
});
