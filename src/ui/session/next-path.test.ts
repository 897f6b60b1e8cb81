import { describe, expect, it } from "vitest";
import { safeNextPath, signInPath } from "./next-path";

describe("safeNextPath", () => {
  it.each(["/runs", "/runs/1?tab=items#top", "/items?text=%2F%2Fevil"])("keeps the page %s", (path) => {
    expect(safeNextPath(path)).toBe(path);
  });

  it("drops what Next adds when it asks for a page's data", () => {
    expect(safeNextPath("/runs?status=failed&_rsc=1a2b3")).toBe("/runs?status=failed");
  });

  it.each([
    null,
    undefined,
    "",
    "/",
    "runs",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "https://evil.example/runs",
    "javascript:alert(1)",
    "/api/auth/sign-out",
    "/sign-in?next=/runs",
    "/setup",
    "/reset?token=x",
    "/forgot-password",
  ])("answers %s with the schedule", (path) => {
    expect(safeNextPath(path)).toBe("/schedule");
  });
});

describe("signInPath", () => {
  it("carries the page along, unless it is the one that follows anyway", () => {
    expect(signInPath("/runs/1?tab=items")).toBe("/sign-in?next=%2Fruns%2F1%3Ftab%3Ditems");
    expect(signInPath("/schedule")).toBe("/sign-in");
    expect(signInPath(null)).toBe("/sign-in");
  });
});
