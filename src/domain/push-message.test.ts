import { expect, test } from "vitest";
import type { SentNotice } from "./notice";
import { pushMessage } from "./push-message";

const CONTEXT = { baseUrl: "https://milkrun.example", organization: { id: "o1", name: "Engines" }, channelName: "Phone", timeZone: "Asia/Kolkata" };
const notice = (type: string, change: Partial<SentNotice> = {}): SentNotice => ({
  ...{ id: "1", at: new Date("2026-11-24T06:00:00Z"), type, title: "Run 3 failed", text: "It did.", path: "/runs/1", data: {} },
  ...change,
});

test("a push message opens its page, and names the time with its zone: it may come late", () => {
  expect(pushMessage([notice("run.failed")], CONTEXT)).toEqual({
    ...{ title: "Run 3 failed", message: "It did.\nTue 24 Nov 2026, 11:30 Kolkata", click: "https://milkrun.example/organizations/o1/runs/1" },
    ...{ priority: 4, tags: ["rotating_light"] },
  });
});

test.each([
  ["run.failed", 4, ["rotating_light"]],
  ["slot.missed", 4, ["rotating_light"]],
  ["run.partial", 3, ["warning"]],
  ["run.recovered", 3, ["white_check_mark"]],
  ["items.new", 3, []],
  ["of.a.newer.milkrun", 3, []],
])("%s is as loud as it is bad", (type, priority, tags) => {
  expect(pushMessage([notice(type)], CONTEXT)).toMatchObject({ priority, tags });
});

test("a digest lists titles with their times, is as loud as the worst of them, and stays a message and no attachment", () => {
  const many = Array.from({ length: 30 }, () => notice("items.new", { title: "🚂".repeat(60) }));
  const { message, ...digest } = pushMessage([notice("items.new", { title: "2 new items" }), notice("run.failed"), ...many], CONTEXT);
  expect(digest).toMatchObject({ title: "32 messages: 2 new items", priority: 4, click: "https://milkrun.example/organizations/o1/settings/notifications" });
  expect(message).toMatch(/^- 2 new items \(Tue 24 Nov 2026, 11:30 Kolkata\)\n- Run 3 failed \(/);
  expect(Buffer.byteLength(message)).toBeLessThan(4_096);
});
