import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { addressesIn, redirectTarget } from "./http-exchange";

function redirectFrom(url: string, location: string): string | undefined {
  return redirectTarget({ statusCode: 302, headers: { location }, body: Readable.from([]) }, new URL(url))?.href;
}

test("a redirect leads to the address that it names, relative to where it was", () => {
  expect(redirectFrom("https://site.example/a/b", "../c#part")).toBe("https://site.example/c");
  expect(redirectFrom("http://site.example/", "https://site.example/")).toBe("https://site.example/");
});

test("a redirect may name letters beyond ASCII as they are, in UTF-8 or as single bytes", () => {
  const bytes = Buffer.from("/käse", "utf8").toString("latin1");
  expect(redirectFrom("https://site.example/", bytes)).toBe("https://site.example/k%C3%A4se");
  expect(redirectFrom("https://site.example/", "/k\u00e4se")).toBe("https://site.example/k%C3%A4se");
  expect([addressesIn(undefined), addressesIn('</a>; rel="next"')]).toEqual([undefined, '</a>; rel="next"']);
});

test("a redirect from a secure address to an insecure one is not followed", () => {
  expect(() => redirectFrom("https://site.example/", "http://site.example/")).toThrow("from a secure address to an insecure one");
  expect(redirectFrom("https://site.example/", "//other.example/")).toBe("https://other.example/");
});
