import { open } from "./fixtures/open";
import { expect, test } from "./fixtures/test";

const UNKNOWN_ID = "0198f2c0-0000-7000-8000-000000000001";
const SIGNED_IN = ["/schedule", "/runs", `/runs/${UNKNOWN_ID}`, "/items", "/sources", "/sources/new", "/settings", "/account", "/system", "/no-such-page"];
const SIGNED_OUT = ["/sign-in", "/forgot-password", "/reset?token=x", "/setup", "/no-such-page"];

const FIXED = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()"),
};

for (const [who, paths] of Object.entries({ "signed in": SIGNED_IN, "signed out": SIGNED_OUT })) {
  test.describe(who, () => {
    if (paths === SIGNED_OUT) test.use({ storageState: { cookies: [], origins: [] } });

    test("every page has the headers, and a policy whose nonce is new and is on every script", async ({ page, guard }) => {
      guard.expectAnswer(404, "/");
      const nonces: string[] = [];
      for (const path of paths) {
        const response = await open(page, path);
        const headers = response?.headers() ?? {};
        expect(headers, path).toMatchObject(FIXED);
        const [, nonce = ""] = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(headers["content-security-policy"] ?? "") ?? [];
        const scripts = [...((await response?.text()) ?? "").matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
        expect(scripts.length, path).toBeGreaterThan(0);
        expect(
          scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
          path,
        ).toEqual([]);
        nonces.push(nonce);
      }
      expect(nonces.every((nonce) => nonce.length === 24)).toBe(true);
      expect(new Set(nonces).size).toBe(paths.length);
    });
  });
}

test("answers that are no pages have them too", async ({ request }) => {
  for (const path of ["/api/trpc/setup.status", "/api/trpc/member.me", "/api/auth/get-session", "/icon.svg", "/samples/no-such", "/_next/static/no-such.js"]) {
    expect((await request.get(path)).headers(), path).toMatchObject(FIXED);
  }
});
