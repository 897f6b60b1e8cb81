import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { applyMigrations } from "@/db/migrate";

/** Brings a database to where it was when only these migrations had been released. */
export async function migratePartly(client: pg.Client, isReleased: (name: string) => boolean): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "milkrun-migrations-"));
  try {
    const names = fs.readdirSync("prisma/migrations").filter((name) => fs.existsSync(`prisma/migrations/${name}/migration.sql`) && isReleased(name));
    for (const name of names) fs.cpSync(`prisma/migrations/${name}`, path.join(folder, name), { recursive: true });
    await applyMigrations(client, folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
