import { expect, it } from "vitest";
import { deliveryListInput, deliveryViewHref, deliveryViewOf } from "./delivery-filter";
import { isUnderWay, messageWords } from "./delivery-words";

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

it("a view stands in the address, and what is no filter filters nothing", () => {
  const view = { channelId: CHANNEL_ID, status: "failed", type: "run.failed" } as const;
  expect(deliveryViewHref(view)).toBe(`/settings/notifications?channel=${CHANNEL_ID}&status=failed&event=run.failed`);
  expect(deliveryViewOf({ channel: CHANNEL_ID, status: "failed", event: "run.failed" })).toEqual(view);
  expect(deliveryViewOf({ channel: "1", status: ["failed"], event: "run" })).toEqual({});
  expect(deliveryViewHref({})).toBe("/settings/notifications");
  expect(deliveryListInput(view)).toEqual({ ...view, limit: 25 });
});
