import pino from "pino";
import { prepareDatabase } from "@/db/prepare";
import { migrateQueue } from "@/worker/migrate-queue";
import { tell } from "./child-channel";

export interface MigratingOptions {
  /** As the role that Milkrun works as. */
  url: string;
  ownerUrl: string;
  migrationsDir: string;
}

export type MigratingEvent = { event: "prepared" };

/** Prepares a database as a server does that starts, and ends. */
export async function migrate({ url, ownerUrl, migrationsDir }: MigratingOptions): Promise<void> {
  const unused = { MILKRUN_DATA_DIR: "", MILKRUN_POSTGRES_DIR: "", MILKRUN_SECRET: undefined };
  const env = { DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl, ...unused };
  await prepareDatabase({ env, log: pino({ level: "silent" }), migrateQueue, migrationsDir });
  tell({ event: "prepared" } satisfies MigratingEvent);
  process.disconnect();
}
