import { describe, expect, it } from "vitest";
import { StartError } from "@/config/start-error";
import { requireSupported } from "./connect";

describe("the version of the database server", () => {
  it.each([
    [140_024, "14.24"],
    [90_624, "9.6.24"],
  ])("%i is refused with what to do", (number, version) => {
    expect(() => requireSupported({ number, version })).toThrow(StartError);
    expect(() => requireSupported({ number, version })).toThrow(`PostgreSQL ${version}, but Milkrun needs 15 or newer: upgrade it`);
  });

  it.each([150_000, 180_004])("%i is served", (number) => {
    expect(() => requireSupported({ number, version: "x" })).not.toThrow();
  });
});
