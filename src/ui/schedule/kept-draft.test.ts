import { beforeEach, describe, expect, it } from "vitest";
import { memoryStorage } from "@/testing/memory-storage";
import { type Edited, editsSince, keepDraft, keptDraftKey, readKeptDraft } from "./kept-draft";
import { proposeDraft } from "./schedule-draft";

const edited: Edited = { version: 3, base: proposeDraft("Europe/Berlin", null), edits: { cronExpression: "0  9 * * MON", runLimitMinutes: "ten" } };
const KEY = keptDraftKey("organization", "person");

let storage: Storage;

beforeEach(() => {
  storage = memoryStorage();
});

describe("what was typed while a save was on its way", () => {
  const sent = { ...edited.base, ...edited.edits };
  const stored = { version: 4, base: { ...sent, runLimitMinutes: "10" } };

  it("stays, on top of what is stored then", () => {
    const meanwhile: Edited = { ...edited, edits: { ...edited.edits, spreadMs: 60_000, runLimitMinutes: "11" } };
    expect(editsSince(meanwhile, sent, stored)).toEqual({ ...stored, edits: { spreadMs: 60_000, runLimitMinutes: "11" } });
  });

  it("is nothing where no more was typed, however the server wrote it down, or all was discarded", () => {
    expect([editsSince(edited, sent, stored), editsSince(null, sent, stored)]).toEqual([null, null]);
  });
});

describe("a kept draft", () => {
  it("comes back as it was typed, what cannot be saved included", () => {
    keepDraft(storage, KEY, edited);
    expect(readKeptDraft(storage, KEY)).toEqual(edited);
  });

  it("is nobody else's, and of no other organization", () => {
    keepDraft(storage, KEY, edited);
    expect(readKeptDraft(storage, keptDraftKey("organization", "somebody else"))).toBeNull();
    expect(readKeptDraft(storage, keptDraftKey("another", "person"))).toBeNull();
  });

  it("is forgotten when nothing is left to save", () => {
    keepDraft(storage, KEY, edited);
    keepDraft(storage, KEY, null);
    expect(storage.length).toBe(0);
  });

  it.each(["", "no JSON", "{}", "[1]", '{"version":1,"base":{},"edits":{}}', JSON.stringify({ ...edited, edits: { missedPolicy: "explode" } })])(
    "is nothing when somebody made it %j",
    (text) => {
      storage.setItem(KEY, text);
      expect(readKeptDraft(storage, KEY)).toBeNull();
    },
  );
});
