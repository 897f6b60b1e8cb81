import { expect, test } from "vitest";
import { trustedOrigins } from "./trusted-origins";

test("a configured address is the only origin that is trusted", () => {
  expect(trustedOrigins("https://milkrun.example.org")).toEqual(["https://milkrun.example.org"]);
});

test("this machine is trusted under all its names, on the same port only", () => {
  expect(trustedOrigins("http://localhost:3000")).toEqual(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"]);
  expect(trustedOrigins("http://127.0.0.1")).toEqual(["http://localhost", "http://127.0.0.1", "http://[::1]"]);
});
