import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "@/testing/database";
import { findSchemaDrift } from "@/testing/schema-drift";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

test("the migrations lead to the schema that the code is generated from", async () => {
  // What it prints here is the body of the migration that is missing.
  expect(await findSchemaDrift(database.ownerConnection, "prisma/migrations", "prisma/schema.prisma")).toBe("");
});
