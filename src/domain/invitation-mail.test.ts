import { expect, test } from "vitest";
import { invitationMail } from "./invitation-mail";

const LETTER = {
  to: "grace@example.org",
  inviterName: "Ada",
  organizationName: "Engines",
  role: "editor",
  url: "https://milkrun.example.org/invitation?token=x",
} as const;

test("the message says who invites to what, as what, for how long, and where to accept", () => {
  const { to, subject, text } = invitationMail(LETTER);
  expect({ to, subject }).toEqual({ to: "grace@example.org", subject: "Ada invites you to Engines on Milkrun" });
  expect(text).toContain("Ada invites you to the organization “Engines” on Milkrun, as editor.");
  expect(text).toContain("within 48 hours");
  expect(text.split("\n")).toContain(LETTER.url);
});

test("a name with line breaks adds no lines, neither to the head of the message nor to its text", () => {
  const { subject, text } = invitationMail({ ...LETTER, organizationName: "Engines\r\nBcc: all@example.org\nhttps://evil.example" });
  expect(subject).not.toMatch(/[\r\n]/);
  expect(text.split("\n")).not.toContain("https://evil.example");
});
