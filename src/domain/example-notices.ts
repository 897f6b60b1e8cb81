import { DAY_MS, HOUR_MS, MINUTE_MS } from "./calendar-days";
import { EXPORT_KEPT_DAYS } from "./large-export";
import type { NoticeContent } from "./notice";
import type { RuleEvent } from "./notification-rule";
import * as runs from "./run-notices";
import * as schedules from "./schedule-notices";

const NO_ID = "00000000-0000-4000-8000-000000000000";

const EXAMPLE_ITEMS = { count: 12, items: [{ title: "An example of an item", url: "https://example.org/items/1" }] };

const EXAMPLE_CHANGES = { cronExpression: { from: "0 7 * * *", to: "0 6 * * 1-5" } };

interface ExampleOptions {
  now: Date;
  timeZone: string;
  /** The rule's number, for events that have one. */
  threshold: number;
}

/** What a rule about this event would say of a made-up one. */
export function exampleNotice(event: RuleEvent, { now, timeZone, threshold }: ExampleOptions): NoticeContent {
  const failed = { id: NO_ID, name: "Example news", message: "503 Service unavailable. The site asked to wait 60 s.", failuresInRow: threshold };
  const run: runs.RunFacts = {
    id: NO_ID,
    number: 128,
    status: "failed",
    presetName: "Everything",
    message: null,
    sourceCount: 1,
    newCount: 0,
    failedSources: [failed],
  };
  const ago = (ms: number) => new Date(now.getTime() - ms);
  switch (event) {
    case "run_failed":
      return runs.runFailedNotice(run);
    case "run_partial":
      return runs.runPartialNotice({ ...run, status: "partial", sourceCount: 14, newCount: 31 });
    case "failures_in_row":
      return runs.failuresInRowNotice(run, threshold);
    case "zero_items":
      return runs.zeroItemsNotice({ ...run, status: "succeeded", failedSources: [] }, 31);
    case "source_failing":
      return runs.sourcesFailingNotice({ ...run, status: "partial" }, [failed]);
    case "new_items":
      return runs.newItemsNotice({ ...run, status: "succeeded" }, { id: NO_ID, name: "Example view", filter: {} }, EXAMPLE_ITEMS);
    case "slot_missed":
      return schedules.slotMissedNotice({ runId: NO_ID, number: 128, from: ago(HOUR_MS), until: ago(HOUR_MS), count: 1 }, timeZone);
    case "auto_paused":
      return schedules.autoPausedNotice("Paused by Milkrun: 20 scheduled runs in a row failed.");
    case "schedule_changed":
      return schedules.scheduleChangedNotice(
        { action: "schedule.update", summary: "Changed the schedule", actorName: "Ada Lovelace", changes: EXAMPLE_CHANGES },
        timeZone,
      );
    case "export_ready":
      return schedules.exportReadyNotice(
        { exportId: NO_ID, fileName: "items_2026-11-23.csv", itemCount: 12_480, expiresAt: new Date(now.getTime() + EXPORT_KEPT_DAYS * DAY_MS) },
        timeZone,
      );
    case "scheduler_down":
      return schedules.schedulerWasDownNotice({ from: ago(DAY_MS), until: ago(DAY_MS - 38 * MINUTE_MS), missedSlots: 3 }, timeZone);
  }
}
