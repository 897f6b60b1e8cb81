import { IconCalendarX, IconCirclePlus, IconPlugConnectedX, IconRefreshAlert, IconRun } from "@tabler/icons-react";
import type { ClockStyle } from "@/domain/preferences";
import { formatCount } from "@/ui/display/count";
import type { StatusLook } from "@/ui/display/status-badge";
import { formatInstant } from "@/ui/time/zoned-time";
import type { Incidents } from "./system-readings";

type Incident = Incidents[number];

/** What kind of thing happened. */
export const INCIDENT_LOOKS: Record<Incident["kind"], StatusLook> = {
  missed: { tone: "bad", icon: IconCalendarX, word: "Slots missed" },
  abandoned: { tone: "bad", icon: IconRun, word: "Runs abandoned" },
  interrupted: { tone: "warning", icon: IconRefreshAlert, word: "Runs interrupted" },
  gone: { tone: "bad", icon: IconPlugConnectedX, word: "Process gone" },
  started: { tone: "quiet", icon: IconCirclePlus, word: "Process started" },
};

/** The incident in a sentence; its times are those of the zone's clock. */
export function incidentWords(incident: Incident, timeZone: string, now: Date, clockStyle: ClockStyle): string {
  switch (incident.kind) {
    case "missed":
      return `${missedSlots(incident)} ${between(incident, timeZone, now, clockStyle)}.`;
    case "abandoned":
      return `${runs(incident.runs)} given up: too many workers died at it.`;
    case "interrupted":
      return `${runs(incident.runs)} lost a worker and ${incident.runs === 1 ? "was" : "were"} taken up by another one.`;
    case "gone":
      return `${incident.process} (${incident.roles.join(", ")}) stopped without a word.`;
    case "started":
      return `${incident.process} (${incident.roles.join(", ")}).`;
  }
}

function missedSlots({ slots, schedules }: Extract<Incident, { kind: "missed" }>): string {
  return `${slots === 1 ? "1 slot" : `${formatCount(slots)} slots`} of ${schedules === 1 ? "1 schedule" : `${formatCount(schedules)} schedules`}`;
}

function between({ fromAt, untilAt }: { fromAt: Date; untilAt: Date }, timeZone: string, now: Date, clockStyle: ClockStyle): string {
  if (fromAt.getTime() === untilAt.getTime()) return `at ${formatInstant(fromAt, timeZone, now, clockStyle)}`;
  return `from ${formatInstant(fromAt, timeZone, now, clockStyle)} to ${formatInstant(untilAt, timeZone, now, clockStyle)}`;
}

function runs(count: number): string {
  return count === 1 ? "1 run" : `${formatCount(count)} runs`;
}
