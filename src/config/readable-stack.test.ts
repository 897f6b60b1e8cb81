import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readableStack } from "./readable-stack";
import { describeStartError } from "./start-error";

/** The first column of the first line is that of line 10. */
const MAP = { version: 3, sources: ["../src/start%20it.ts"], names: [], mappings: "AASA" };

let folder: string;
let built: string;
let source: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun (mïlk)-"));
  fs.mkdirSync(path.join(folder, "dist"));
  built = path.join(folder, "dist", "it (1).mjs");
  source = path.join(folder, "src", "start it.ts");
  fs.writeFileSync(`${built}.map`, JSON.stringify(MAP));
});

afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

test("a stack names the place in the source, whether it has the built file or its address", () => {
  const stack = `Error: no\n    at go (${built}:1:7)\n    at async ${pathToFileURL(built)}:1:9`;
  expect(readableStack(stack)).toBe(`Error: no\n    at go (${source}:10:1)\n    at async ${source}:10:1`);
});

test("what has no map, one that cannot be read, and what an error says stay as they are", () => {
  const other = path.join(folder, "dist", "other.mjs");
  const broken = path.join(folder, "dist", "broken.mjs");
  const packaged = path.join(folder, "node_modules", "it", "it.js");
  fs.writeFileSync(`${broken}.map`, "{");
  fs.mkdirSync(path.dirname(packaged), { recursive: true });
  fs.writeFileSync(`${packaged}.map`, JSON.stringify(MAP));
  const frames = [`go (${other}:1:1)`, `${broken}:1:1`, `go (${packaged}:1:1)`, "node:internal/process/task_queues:95:5", "go (<anonymous>)", "/[:1:1"];
  const stack = [`Error: ${built}:1:1`, ...frames.map((frame) => `    at ${frame}`)].join("\n");
  expect(readableStack(stack)).toBe(stack);
});

test("what an error quotes of a site takes no longer for looking like a line of a stack", () => {
  const stack = `Error: unexpected\n    at ${"/".repeat(500_000)}`;
  expect(readableStack(stack)).toBe(stack);
});

test("a start that fails for a fault of ours says where", () => {
  const error = Object.assign(new Error("no"), { stack: `Error: no\n    at go (${built}:1:1)` });
  expect(describeStartError(error)).toBe(`Milkrun could not start: Error: no\n    at go (${source}:10:1)`);
});
