import { describe, expect, it } from "vitest";
import { memoryStorage } from "@/testing/memory-storage";
import { EMPTY_DRAFT, forgetDraft, readDraft, type SetupDraft, stepErrors, stepWith, storeDraft } from "./setup-draft";

const draft: SetupDraft = {
  name: "Ada",
  email: "ada@example.org",
  password: "correct horse battery",
  organizationName: "Dairy",
  timeZone: "Europe/Berlin",
  samples: true,
};

describe("stepErrors", () => {
  it("is empty for a step that is filled in", () => {
    expect([0, 1].map((step) => stepErrors(step, draft))).toEqual([{}, {}]);
  });

  it("names each failing field of its own step only", () => {
    expect(Object.keys(stepErrors(0, EMPTY_DRAFT))).toEqual(["name", "email", "password"]);
    expect(Object.keys(stepErrors(1, EMPTY_DRAFT))).toEqual(["organizationName", "timeZone"]);
  });

  it("leads to the first step that has to be mended", () => {
    expect(stepWith({ timeZone: "x", password: "x" })).toBe(0);
    expect(stepWith({ timeZone: "x" })).toBe(1);
    expect(stepWith({})).toBeNull();
  });
});

describe("the stored draft", () => {
  it("keeps what was typed but never the password", () => {
    const storage = memoryStorage();
    storeDraft(storage, { ...draft, samples: false });
    expect(JSON.stringify(storage.getItem("milkrun.setup"))).not.toContain("horse");
    expect(readDraft(storage)).toEqual({ name: "Ada", email: "ada@example.org", organizationName: "Dairy", timeZone: "Europe/Berlin", samples: false });
    forgetDraft(storage);
    expect(readDraft(storage)).toEqual({});
  });

  it.each(["", "null", "[]", "7", "{", '{"name":7,"samples":"yes"}'])("takes nothing from %s", (text) => {
    const storage = memoryStorage();
    storage.setItem("milkrun.setup", text);
    expect(readDraft(storage)).toEqual({});
  });
});
