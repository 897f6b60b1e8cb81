import type pg from "pg";
import { errorCode, withClient } from "@/db/connect";
import { type ScheduleSeed, seedSchedules } from "@/testing/seed-schedules";

const NOT_ALLOWED = "42501";

/** Fills a fresh database and leaves it as a busy one would be found: analysed, and with nothing left to write to disk. */
export async function seedDatabase(owner: pg.ClientConfig, seed: ScheduleSeed): Promise<void> {
  await withClient(owner, async (client) => {
    await seedSchedules(client, seed);
    // Every slot before this one updated these rows, so that their pages have room.
    await client.query("update organization set last_run_number = last_run_number; update schedule set version = version");
    await client.query("vacuum analyze");
    await client.query("checkpoint").catch((error: unknown) => {
      if (errorCode(error) !== NOT_ALLOWED) throw error;
    });
  });
}
