import { expect, it } from "vitest";
import { collectionWords } from "./collection-words";

const source = { presets: [{ id: "1", name: "Everything", enabledHere: true }], enabled: true, quarantinedAt: null };

it.each([
  ["The next run collects it this way.", source],
  ["It is in no preset yet, so no run collects it. Add it to one under Presets.", { ...source, presets: [] }],
  ["It is off in its presets, so runs leave it out.", { ...source, presets: [{ id: "1", name: "Everything", enabledHere: false }] }],
  ["It is off, so runs leave it out.", { ...source, enabled: false }],
  ["It is in quarantine, so runs leave it out.", { ...source, quarantinedAt: new Date(0) }],
])("says: %s", (words, each) => expect(collectionWords(each)).toBe(words));
