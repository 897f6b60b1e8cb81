import { describe, expect, test } from "vitest";
import type { SentNotice } from "./notice";
import { slackText } from "./slack-text";

const CONTEXT = { baseUrl: "https://milkrun.example", organization: { id: "o1", name: "R&D" }, channelName: "#ops", timeZone: "Europe/Berlin" };
const notice = (change: Partial<SentNotice> = {}): SentNotice => ({
  ...{ id: "1", at: new Date("2026-11-24T06:00:00Z"), type: "run.failed", title: "Run 3 failed", text: "It did.", path: "/runs/1", data: {} },
  ...change,
});
const FOOT = "<https://milkrun.example/organizations/o1/runs/1|Open in Milkrun> · R&amp;D · Tue 24 Nov 2026, 07:00 Berlin";
/** Markup that is broken: an address that does not end, or a character of which half is there. */
const BROKEN = /<[^>]*$|&(?!(?:amp|lt|gt);)/m;

describe("the text of a Slack-style webhook", () => {
  test("is markup where it is meant to be and nowhere else, and names the time with its zone", () => {
    expect(slackText([notice({ text: "<!channel> & <https://evil.example|here>" })], CONTEXT)).toBe(
      `*Run 3 failed*\n&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;\n${FOOT}`,
    );
  });

  test("calls nobody whom a site named, and leaves addresses as they are", () => {
    expect(slackText([notice({ text: "@all @here: ask ada@example.org or (@ada)" })], CONTEXT)).toContain(
      "@\u200ball @\u200bhere: ask ada@example.org or (@\u200bada)",
    );
  });

  test.each(["@@all", "_@all_", "é@all", "x@everyone", "<@&123>", "<@!123>", "<@123>"])("calls nobody by %s either", (call) => {
    expect(slackText([notice({ title: call, text: call })], CONTEXT)).not.toMatch(/@(?![\u200b@])/);
  });

  test.each(["[Sign in](https://evil.example)", "![seen](https://evil.example/a.png)", "- [Sign in][1]", "- [1]: https://evil.example"])(
    "shows where %s leads",
    (link) => {
      const text = slackText([notice({ title: link, text: link })], CONTEXT);
      expect(text).not.toMatch(/\][([:]/);
      expect(text.replaceAll("\u200b", "")).toContain(link);
    },
  );

  test("that is too long is cut where nothing breaks, and keeps its link", () => {
    for (let shift = 0; shift < 6; shift++) {
      const text = slackText([notice({ text: "x".repeat(shift) + "<&>".repeat(2_000) })], CONTEXT);
      expect(text.length).toBeLessThanOrEqual(2_000);
      expect(text).not.toMatch(BROKEN);
      expect(text.endsWith(`…\n${FOOT}`)).toBe(true);
    }
  });

  test("of many notices tells those that fit, and how many do not", () => {
    const text = slackText(
      Array.from({ length: 60 }, () => notice({ text: "y".repeat(100) })),
      CONTEXT,
    );
    const told = text.split("Open in Milkrun").length - 1;
    expect(text.length).toBeLessThanOrEqual(2_000);
    expect(told).toBeGreaterThan(5);
    expect(text).toContain(`And ${60 - told} more, in the list of messages`);
  });

  test("with an address that is longer than a message leads to the list of messages", () => {
    const text = slackText([notice({ path: `/items?q=${"%C3%A4".repeat(400)}` })], CONTEXT);
    expect(text).toContain("<https://milkrun.example/organizations/o1/settings/notifications|Open in Milkrun>");
  });
});
