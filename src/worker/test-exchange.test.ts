import { expect, it } from "vitest";
import { describeExchange } from "./test-exchange";

const page = (body: Uint8Array | string, contentType = "text/html; charset=utf-8") => ({
  ...{ status: 200, notModified: false, contentType, finalUrl: "https://example.org/b", redirects: ["https://example.org/a"], wireBytes: 3, durationMs: 1.6 },
  body: typeof body === "string" ? Buffer.from(body) : body,
});
const URL_ASKED = "https://example.org/a";

it("tells the request, where it led, and what the site sent", () => {
  expect(describeExchange(URL_ASKED, page("<p>Milk</p>"), [])).toEqual({
    ...{ url: URL_ASKED, headers: [], status: 200, redirects: [URL_ASKED], finalUrl: "https://example.org/b", contentType: "text/html; charset=utf-8" },
    ...{ wireBytes: 3, durationMs: 2, body: "<p>Milk</p>", isCut: false },
  });
});

it("reads the site's charset, and leaves out what cannot be stored", () => {
  expect(describeExchange(URL_ASKED, page(new Uint8Array([0x4d, 0xfc, 0x00]), "text/html; charset=iso-8859-1"), []).body).toBe("Mü");
});

it("cuts what is long between two characters", () => {
  const { body, isCut } = describeExchange(URL_ASKED, page("x".concat("ミ".repeat(200_000))), []);
  expect([isCut, body.slice(-1), body.includes("\uFFFD")]).toEqual([true, "ミ", false]);
});
