import { describe, expect, test } from "vitest";
import { hostileTexts } from "@/testing/hostile-texts";
import { mailHtml } from "./mail-html";
import type { SentNotice } from "./notice";
import { mailParts, mailText } from "./notice-mail";

const CONTEXT = { baseUrl: "https://milkrun.example", organization: { id: "o1", name: "R&D <b>" }, channelName: 'The "night"', timeZone: "Europe/Berlin" };
const notice = (change: Partial<SentNotice> = {}): SentNotice => ({
  ...{ id: "1", at: new Date("2026-11-24T06:00:00Z"), type: "run.failed", title: "Run 3 failed", text: "It did.\n- a: 503", path: "/runs/1", data: {} },
  ...change,
});
const written = (notices: readonly SentNotice[]) => mailHtml(mailParts(notices, CONTEXT));

const OURS = ["!doctype", "html", "head", "meta", "title", "body", "h2", "p", "bdi", "br", "a", "hr"];
const elementsOf = (html: string) => [...html.matchAll(/<\/?([^\s>/]+)/g)].map(([, name = ""]) => name);
const addressesOf = (html: string) => [...html.matchAll(/(?:href|src|url)\s*[=(]\s*["']?([^"'>\s]*)/g)].map(([, address]) => address);
const ENTITIES: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#39;": "'", "&amp;": "&" };
const textOf = (html: string) =>
  html
    .replace(/<br>/g, "\n")
    .replace(/<[^>]*>/g, "\n")
    .replace(/&\w+;|&#39;/g, (entity) => ENTITIES[entity] ?? entity);

describe("a mail in HTML", () => {
  test("says what its text says, with links for addresses", () => {
    const parts = mailParts([notice(), notice({ path: "/items?q=a&run=r1" })], CONTEXT);
    const lines = mailText(parts)
      .split("\n")
      .filter((line) => line !== "" && line !== "-- " && !line.startsWith("https:"));
    const html = mailHtml(parts);
    for (const line of lines) expect(textOf(html)).toContain(line.replace(/: https:.*/, ""));
    expect(addressesOf(html)).toEqual(
      ["/runs/1", "/items?q=a&amp;run=r1", "/settings/notifications"].map((path) => `https://milkrun.example/organizations/o1${path}`),
    );
  });

  test.each(hostileTexts("https://elsewhere.example.net"))("%s stays text, wherever it stands", (hostile) => {
    const html = written([notice({ title: hostile, text: hostile })]);
    expect(elementsOf(html).filter((name) => !OURS.includes(name))).toEqual([]);
    expect(html.match(/<[^>]*/g)?.filter((tag) => /elsewhere|window|ran=1/.test(tag))).toEqual([]);
    expect(textOf(html)).toContain(hostile.split("\n")[0]);
  });

  test("has no colours of its own and says that it can be dark", () => {
    expect(written([notice()])).toMatch(/<meta name="color-scheme" content="light dark">/);
    expect(written([notice()])).not.toMatch(/(?<!-)color:|background|#[0-9a-f]{3}/i);
  });

  test("counts what a digest has no room for", () => {
    expect(textOf(written(Array.from({ length: 60 }, () => notice())))).toContain("And 10 more, in the list of messages");
  });
});
