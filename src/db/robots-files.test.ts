import { expect, it } from "vitest";
import { ownDatabase } from "@/testing/own-database";
import type { Database } from "./client";
import { findRobots, saveRobotsFailure, saveRobotsText } from "./robots-files";

const ORIGIN = "https://example.org";
const FAILURE = { code: "robots_unreachable", message: "It could not be read." };

let db: Database;

ownDatabase((own) => {
  db = own.db;
});

const find = () => db.withSystem((tx) => findRobots(tx, ORIGIN));

it("a robots.txt is remembered with its age, and so is that it could not be read, until it could", async () => {
  expect(await find()).toBeNull();
  await db.withSystem((tx) => saveRobotsFailure(tx, ORIGIN, FAILURE));
  expect(await find()).toEqual({ text: null, textAgeMs: null, failure: FAILURE, failureAgeMs: expect.any(Number) });
  await db.withSystem((tx) => saveRobotsText(tx, ORIGIN, "User-agent: *"));
  await db.system.$executeRaw`update robots_file set read_at = read_at - interval '1 hour'`;
  const read = await find();
  expect(read).toMatchObject({ text: "User-agent: *", failure: null, failureAgeMs: null });
  expect(read?.textAgeMs).toBeGreaterThanOrEqual(3_600_000);
  await db.withSystem((tx) => saveRobotsFailure(tx, ORIGIN, FAILURE));
  expect(await find()).toMatchObject({ text: "User-agent: *", failure: FAILURE, failureAgeMs: expect.any(Number) });
});
