import type { Database } from "@/db/client";
import { notifySchedules } from "@/db/notify";
import { nextOccurrence } from "@/domain/occurrences";
import { createOrganization, createSchedule } from "@/testing/factories";
import type { ScheduleSegment } from "@/testing/faults/expectations";

/** Most are due every minute, the others in minutes of their own. */
const EXPRESSIONS = [
  "* * * * *",
  "* * * * *",
  "* * * * *",
  "*/2 * * * *",
  "1-59/2 * * * *",
  "* * * * *",
  "* * * * *",
  "*/3 * * * *",
  "*/5 0-23 * * *",
  "@hourly",
];
const ZONES = ["UTC", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Europe/London", "Asia/Kathmandu", "Pacific/Chatham"];
/** One organization in eight spreads its slots. */
const SPREAD_MS = 20_000;
const SOURCES = 3;

/** A schedule of the load and the instant after which its slots count. */
export type LoadedSchedule = ScheduleSegment & { after: Date };

export interface SoakLoad {
  schedules: LoadedSchedule[];
  /** Sources by the number that the site knows them by. */
  sources: Map<string, number>;
}

/** Organizations with sources on the site and a schedule each. Their first slots are those after this moment. */
export async function createLoad(db: Database, site: string, organizations: number): Promise<SoakLoad> {
  const load: SoakLoad = { schedules: [], sources: new Map() };
  for (let index = 0; index < organizations; index++) await addOrganization(db, site, index, load);
  await db.withSystem(notifySchedules);
  return load;
}

async function addOrganization(db: Database, site: string, index: number, load: SoakLoad): Promise<void> {
  const isFeed = index % 4 !== 3;
  const numbers = Array.from({ length: 1 + (index % SOURCES) }, (_, nth) => index * SOURCES + nth);
  const organization = await createOrganization(db, {
    urls: numbers.map((number) => `${site}/${isFeed ? "feed" : "json"}/${number}`),
    kind: isFeed ? "feed" : "json_api",
    config: isFeed ? {} : JSON_CONFIG,
  });
  for (const [nth, id] of organization.sourceIds.entries()) load.sources.set(id, numbers[nth] ?? 0);
  const cronExpression = EXPRESSIONS[index % EXPRESSIONS.length] ?? "* * * * *";
  const timeZone = ZONES[index % ZONES.length] ?? "UTC";
  const after = await db.now();
  const nextRunAt = nextOccurrence(cronExpression, timeZone, after);
  const spreadMs = index % 8 === 7 ? SPREAD_MS : 0;
  const scheduleId = await createSchedule(db, organization, { cronExpression, timeZone, lowerBoundAt: after, nextRunAt, spreadMs });
  load.schedules.push({ scheduleId, cronExpression, timeZone, after });
}

const JSON_CONFIG = {
  itemsExpression: "items",
  keyExpression: "id",
  titleExpression: "title",
  linkExpression: "",
  dateExpression: "",
  fields: { price: "price" },
  pagination: { type: "none" },
};
