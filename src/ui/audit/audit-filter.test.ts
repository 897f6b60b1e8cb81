import { describe, expect, it } from "vitest";
import { auditViewHref, auditViewOf } from "./audit-filter";

const id = "3f0b8a52-6f0c-4b5a-9d6e-0a4e6b7a1c11";

describe("auditViewOf", () => {
  it("reads every filter", () =>
    expect(auditViewOf({ who: id, about: "schedule", subject: id, from: "2026-11-01", to: "2026-11-30", q: " cron " })).toEqual({
      actorId: id,
      group: "schedule",
      subjectId: id,
      from: "2026-11-01",
      to: "2026-11-30",
      text: "cron",
    }));
  it("ignores what is no filter", () =>
    expect(auditViewOf({ who: "x", about: "weather", subject: "", from: "2026-02-30", to: "yesterday", q: ["a", "b"] })).toEqual({}));
  it("cuts a search that the API would refuse", () => expect(auditViewOf({ q: "a".repeat(500) }).text).toHaveLength(200));
});

describe("auditViewHref", () => {
  it("is the bare page without filters", () => expect(auditViewHref({})).toBe("/settings/audit"));

  it("reproduces the view", () => {
    const view = { actorId: id, group: "apiKey" as const, subjectId: id, from: "2026-11-01", to: "2026-11-02", text: "a & b = ü?" };
    expect(auditViewOf(Object.fromEntries(new URL(auditViewHref(view), "http://localhost").searchParams))).toEqual(view);
  });
});
