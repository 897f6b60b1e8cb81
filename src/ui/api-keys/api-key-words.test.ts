import { describe, expect, it } from "vitest";
import { curlExample, keyLook, LIFETIME_OPTIONS, lifetimeOf, lifetimeOption } from "./api-key-words";

const NOW = new Date("2026-11-26T12:00:00Z");
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

describe("the look of a key", () => {
  it.each([
    ["Valid", {}],
    ["Valid", { expiresAt: inDays(7) }],
    ["Expires soon", { expiresAt: inDays(6.9) }],
    ["Expired", { expiresAt: NOW }],
    ["Expired", { expiresAt: inDays(-1), replacedAt: inDays(-2) }],
    ["Replaced, still valid", { expiresAt: inDays(1), replacedAt: NOW }],
    ["Revoked", { expiresAt: inDays(-1), revokedAt: NOW }],
  ])("is %j with %j", (word, change) => {
    expect(keyLook({ revokedAt: null, expiresAt: null, replacedAt: null, ...change }, NOW).word).toBe(word);
  });
});

it("lifetimes read as they are written", () => {
  for (const { value } of LIFETIME_OPTIONS) expect(lifetimeOption(lifetimeOf(value))).toBe(value);
  expect(lifetimeOf("90")).toBe(90);
  expect(lifetimeOf("never")).toBeNull();
});

it("the example is a request that a shell passes on whole", () => {
  expect(curlExample("https://milkrun.example.org", "mr_1")).toBe(
    'curl -H "Authorization: Bearer mr_1" "https://milkrun.example.org/api/trpc/item.list?input=%7B%22json%22%3A%7B%22limit%22%3A10%7D%7D"',
  );
});
