import { describe, expect, test } from "vitest";
import { loadPart } from "./load-part";

const missing = () => Object.assign(new Error("Failed to load chunk"), { name: "ChunkLoadError" });

/** A loader that fails so often before it succeeds. */
function loaderAfter(failures: number, failure: () => Error) {
  let tries = 0;
  return async () => {
    if (tries++ < failures) throw failure();
    return `loaded at try ${tries}`;
  };
}

describe("a part of a page", () => {
  test("is loaded again while the server does not answer", async () => {
    expect(await loadPart(loaderAfter(3, missing), 0)).toBe("loaded at try 4");
  });

  test("is given up after sixty tries", async () => {
    await expect(loadPart(loaderAfter(60, missing), 0)).rejects.toThrow("Failed to load chunk");
    expect(await loadPart(loaderAfter(59, missing), 0)).toBe("loaded at try 60");
  });

  test("is not loaded again when it is broken itself", async () => {
    await expect(
      loadPart(
        loaderAfter(1, () => new TypeError("broken")),
        0,
      ),
    ).rejects.toThrow("broken");
  });
});
