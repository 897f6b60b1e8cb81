import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { redirectTarget } from "./http-exchange";

function redirectFrom(url: string, location: string): string | undefined {
  return redirectTarget({ statusCode: 302, headers: { location }, body: Readable.from([]) }, new URL(url))?.href;
}

test("a redirect leads to the address that it names, relative to where it was", () => {
  expect(redirectFrom("https://site.example/a/b", "../c#part")).toBe("https://site.example/c");
  expect(redirectFrom("http://site.example/", "https://site.example/")).toBe("https://site.example/");
});

test("a redirect from a secure address to an insecure one is not followed", () => {
  expect(() => redirectFrom("https://site.example/", "http://site.example/")).toThrow("from a secure address to an insecure one");
  expect(redirectFrom("https://site.example/", "//other.example/")).toBe("https://other.example/");
});
