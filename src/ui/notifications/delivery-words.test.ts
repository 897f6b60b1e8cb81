import { expect, it } from "vitest";
import { deliveryListInput, deliveryViewHref, deliveryViewOf } from "./delivery-filter";
import { attemptLook, isPartlyTaken, isUnderWay, messageWords, recipientLook } from "./delivery-words";

const CHANNEL_ID = "0198f2c0-0000-4000-8000-000000000001";
const NOW = new Date("2026-11-27T05:00:00Z");
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

it("a message of several is named by the first", () => {
  expect(messageWords({ title: "Run 12 failed", noticeCount: 1 })).toBe("Run 12 failed");
  expect(messageWords({ title: "Test message", noticeCount: 0 })).toBe("Test message");
  expect(messageWords({ title: "Run 12 failed", noticeCount: 4 })).toBe("Run 12 failed, and 3 more");
});

it("the list is asked for often only while something is about to happen", () => {
  expect(isUnderWay({ status: "queued", dueAt: NOW }, NOW)).toBe(true);
  expect(isUnderWay({ status: "retrying", dueAt: inSeconds(59) }, NOW)).toBe(true);
  expect(isUnderWay({ status: "retrying", dueAt: inSeconds(3_600) }, NOW)).toBe(false);
  expect(isUnderWay({ status: "waiting", dueAt: NOW }, NOW)).toBe(false);
  expect(isUnderWay({ status: "delivered", dueAt: NOW }, NOW)).toBe(false);
});

it("an attempt that some recipients have by is told from one that nobody has", () => {
  const wordOf = (error: string | null, takenCount: number | null) => attemptLook({ error, takenCount }).word;
  expect([wordOf(null, null), wordOf(null, 3), wordOf("Not now.", 2), wordOf("Not now.", 0), wordOf("503", null)]).toEqual([
    ...["Taken", "Taken", "Taken for 2, not for all", "Failed", "Failed"],
  ]);
});

it("a recipient is waited for only while the message is on its way", () => {
  const wordOf = (...about: Parameters<typeof recipientLook>) => recipientLook(...about).word;
  expect([wordOf("taken", "retrying"), wordOf("refused", "retrying"), wordOf("waiting", "retrying")]).toEqual(["Has it", "Refused for good", "Waited for"]);
  expect([wordOf("waiting", "failed"), wordOf("waiting", "cancelled")]).toEqual(["Does not have it", "Does not have it"]);
  expect(isPartlyTaken([{ state: "waiting" }, { state: "taken" }])).toBe(true);
  expect([isPartlyTaken([{ state: "taken" }]), isPartlyTaken([{ state: "refused" }])]).toEqual([false, false]);
});

it("a view stands in the address, and what is no filter filters nothing", () => {
  const view = { channelId: CHANNEL_ID, status: "failed", type: "run.failed" } as const;
  expect(deliveryViewHref(view)).toBe(`/settings/notifications?channel=${CHANNEL_ID}&status=failed&event=run.failed`);
  expect(deliveryViewOf({ channel: CHANNEL_ID, status: "failed", event: "run.failed" })).toEqual(view);
  expect(deliveryViewOf({ channel: "1", status: ["failed"], event: "run" })).toEqual({});
  expect(deliveryViewHref({})).toBe("/settings/notifications");
  expect(deliveryListInput(view)).toEqual({ ...view, limit: 25 });
});
