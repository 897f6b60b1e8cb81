import { expect, it } from "vitest";
import { z } from "zod";
import { createRequestKey } from "./request-key";

it("makes UUIDs that the API accepts, a new one each time", () => {
  const keys = Array.from({ length: 200 }, createRequestKey);
  expect(keys.every((key) => z.uuid({ version: "v4" }).safeParse(key).success)).toBe(true);
  expect(new Set(keys).size).toBe(200);
});
