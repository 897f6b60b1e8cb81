import { Writable } from "node:stream";
import { beforeEach, expect, test } from "vitest";
import { createLogger } from "@/log/logger";
import { createReadiness, type ReadinessOptions } from "./readiness";

let database: () => Promise<Date>;
let shortage: string | null;
let stopping: boolean;
let asked: number;
let lines: string[];
let isReady: () => Promise<boolean>;

beforeEach(() => {
  database = () => Promise.resolve(new Date(0));
  shortage = null;
  stopping = false;
  asked = 0;
  lines = [];
  const destination = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const options: ReadinessOptions = {
    db: {
      now() {
        asked++;
        return database();
      },
    },
    log: createLogger({ level: "info", destination }),
    shortage: () => shortage,
    isStopping: () => stopping,
  };
  isReady = createReadiness(options);
});

test("a process with a database that answers is ready, and says nothing about it", async () => {
  expect(await isReady()).toBe(true);
  expect(lines).toEqual([]);
});

test("it is not while the database fails, does not answer, something is short, or it stops", async () => {
  database = () => Promise.reject(new Error("gone"));
  expect(await isReady()).toBe(false);
  database = () => new Promise(() => {});
  expect(await isReady()).toBe(false);
  database = () => Promise.resolve(new Date(0));
  expect(await isReady()).toBe(true);
  shortage = "It is short of time.";
  expect(await isReady()).toBe(false);
  shortage = null;
  stopping = true;
  expect(await isReady()).toBe(false);
});

test("the log is told why when that changes, and not each time that somebody asks", async () => {
  database = () => Promise.reject(new Error("gone"));
  for (const _time of [1, 2, 3]) await isReady();
  database = () => Promise.resolve(new Date(0));
  for (const _time of [1, 2]) await isReady();
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(["not ready for requests", "ready for requests again"]);
  expect(lines[0]).toContain("The database does not answer.");
});

test("many who ask at the same time cost one question to the database", async () => {
  await Promise.all(Array.from({ length: 50 }, isReady));
  expect(asked).toBe(1);
});
