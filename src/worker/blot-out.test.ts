import { describe, expect, it } from "vitest";
import { blotOut } from "./blot-out";

const exchange = {
  ...{ url: "https://example.org/a", status: 404, redirects: [], finalUrl: "https://example.org/a", contentType: "text/html", wireBytes: 3, durationMs: 2 },
  isCut: false,
};

/** What the page of a site reads as that was sent these values. */
function read(body: string, ...values: string[]): string | undefined {
  const headers = Object.fromEntries(values.map((value, index) => [`X-${index}`, value]));
  const result = {
    ok: false as const,
    code: "http_status",
    message: "No.",
    httpStatus: 404,
    exchange: { ...exchange, headers: Object.keys(headers), body },
    robots: null,
  };
  return blotOut(result, headers).exchange?.body;
}

describe("blotOut", () => {
  it("leaves nothing of a value anywhere in the result, and the names of the headers", () => {
    const seen = { ...exchange, headers: ["Authorization"], body: "Bearer s3cret/token / s3cret/token", finalUrl: "https://example.org/?token=s3cret%2Ftoken" };
    const refused = { ok: false, code: "http_status", message: "No s3cret/token.", httpStatus: 404, exchange: seen, robots: null } as const;
    expect(blotOut(refused, { Authorization: "Bearer s3cret/token" })).toMatchObject({
      message: "No •••.",
      exchange: { headers: ["Authorization"], body: "••• / •••", finalUrl: "https://example.org/?token=•••" },
    });
  });

  it.each([
    ["a part of a list of them", "session=s3cret; theme=dark", "s3cret"],
    ["a part in quotes", 'Digest username="ada", response="s3cret"', "s3cret"],
    ["the password that is encoded in it", `Basic ${btoa("ada:s3cret")}`, "s3cret"],
    ["an address with small letters", "s3cret/?", "s3cret%2f%3f"],
    ["a form", "s3 cret", "s3+cret"],
    ["HTML with names", "<s3&cret>", "&lt;s3&amp;cret&gt;"],
    ["HTML with numbers", "s3'cret/", "s3&#039;cret&#x2F;"],
    ["JSON", 's3"cret\\/', 's3\\"cret\\\\\\/'],
    ["JSON with numbers", "<s3cret>", "\\u003cs3cret\\u003E"],
  ])("knows a value again as %s", (_, value, written) => expect(read(`It was ${written}.`, value)).toBe("It was •••."));

  it("leaves no rest of a value that begins with another one, and takes no sign of a value for a pattern", () => {
    expect(read("s3cret-longer", "s3cret", "s3cret-longer")).toBe("•••");
    expect(read("a.*b and axxb", "a.*b")).toBe("••• and axxb");
  });

  it("leaves short values, which would blot out half the page", () => expect(read("an id", "id", "")).toBe("an id"));
});
