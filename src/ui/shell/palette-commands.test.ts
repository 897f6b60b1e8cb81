import { describe, expect, it } from "vitest";
import { ROLES } from "@/domain/roles";
import { matchCommands } from "./match-commands";
import { type PaletteFacts, paletteCommands } from "./palette-commands";

const FACTS: PaletteFacts = {
  role: "owner",
  organizationId: "here",
  organizations: [
    { id: "here", name: "Dairy", role: "owner" },
    { id: "there", name: "Bakery", role: "viewer" },
  ],
  activeRun: null,
  isPaused: false,
  schedule: { enabled: true, presetId: "morning" },
  presets: [
    { id: "morning", name: "Morning" },
    { id: "evening", name: "Evening" },
  ],
  runs: [{ id: "r7", number: 7, status: "partial", presetName: "Morning" }],
  sources: [{ id: "s1", name: "São Paulo news", url: "https://news.example.org/feed.xml" }],
};

const commands = (facts: Partial<PaletteFacts> = {}) => paletteCommands({ ...FACTS, ...facts });
const labels = (facts: Partial<PaletteFacts> = {}) => commands(facts).map(({ label }) => label);
const found = (query: string, facts: Partial<PaletteFacts> = {}) =>
  matchCommands(commands(facts), query).flatMap((group) => group.commands.map(({ label }) => label));

describe("the commands", () => {
  it("have ids of their own, whatever their names", () => {
    const ids = commands().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("are only those that the role may do", () => {
    const changing = ["Run now", "Pause schedule…", "New source", "New preset"];
    const managing = ["API keys", "Audit"];
    const seen = (role: (typeof ROLES)[number]) => [...changing, ...managing, "New organization"].filter((label) => labels({ role }).includes(label));
    expect(Object.fromEntries(ROLES.map((role) => [role, seen(role)]))).toEqual({
      owner: [...changing, ...managing, "New organization"],
      admin: [...changing, ...managing],
      editor: changing,
      viewer: [],
    });
    expect(labels({ role: "viewer" })).toEqual(expect.arrayContaining(["Schedule", "Runs", "Items", "Members", "Dark colours", "Switch to Bakery"]));
  });

  it("offer to watch a run that is going in the place of starting one", () => {
    const going = labels({ activeRun: { id: "r8", number: 8 } });
    expect(going).toContain("Open run 8, which is going");
    expect(going).not.toContain("Run now");
  });

  it("ask which preset where the schedule has chosen none and there are several", () => {
    expect(labels({ schedule: null })).toEqual(expect.arrayContaining(["Run now: Morning", "Run now: Evening"]));
    expect(labels({ schedule: null, presets: [{ id: "morning", name: "Morning" }] })).toContain("Run now");
    expect(labels({ schedule: null, presets: [] }).filter((label) => label.startsWith("Run now"))).toEqual([]);
  });

  it("resume a schedule that is paused, and pause none that is off", () => {
    expect(labels({ isPaused: true })).toEqual(expect.arrayContaining(["Resume schedule", "Change pause…"]));
    expect(labels({ schedule: { enabled: false, presetId: null } }).filter((label) => /pause|resume/i.test(label))).toEqual([]);
  });

  it("leave out the organization that is shown", () => {
    expect(labels()).not.toContain("Switch to Dairy");
  });
});

describe("what was typed", () => {
  it("finds older runs, sources and presets, which show only then", () => {
    expect(found("")).not.toContain("São Paulo news");
    expect(found("sao news")).toEqual(["São Paulo news"]);
    expect(found("news.example")).toEqual(["São Paulo news"]);
    expect(found("run 7")).toEqual(["Run 7"]);
    expect(found("evening")).toEqual(["Evening"]);
  });

  it("puts first what begins with it", () => {
    expect(found("sch")[0]).toBe("Schedule");
    expect(found("runs")[0]).toBe("Runs");
    expect(found("run now")[0]).toBe("Run now");
  });

  it("finds a command by another word for it, too", () => {
    expect(found("invite")).toEqual(["Members"]);
    expect(found("theme dark")).toEqual(["Dark colours"]);
  });

  it("shows no more than eight of a kind", () => {
    const sources = Array.from({ length: 20 }, (_, index) => ({ id: `s${index}`, name: `Gazette ${index}`, url: "https://example.org/" }));
    expect(found("gazette", { sources })).toHaveLength(8);
  });

  it("finds nothing where a word is nowhere", () => {
    expect(found("schedule zebra")).toEqual([]);
  });
});
