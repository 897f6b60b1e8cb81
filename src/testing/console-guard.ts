import { format } from "node:util";
import { afterEach, beforeEach, vi } from "vitest";

const METHODS = ["debug", "log", "info", "warn", "error"] as const;

let written: string[] = [];

/** A test that writes to the console hides a problem from whoever reads the next one's output, so it fails. */
beforeEach(() => {
  written = [];
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      written.push(`console.${method}: ${format(...args)}`);
    });
  }
});

afterEach(() => {
  for (const method of METHODS) vi.mocked(console[method]).mockRestore?.();
  if (written.length > 0) throw new Error(`The test wrote to the console:\n${written.join("\n")}`);
});
