import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type * as Engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { withClient } from "@/db/connect";
import type { TestConnection } from "./database";

const CHAR_OID = 18;
const CHAR_ARRAY_OID = 1002;

/**
 * The SQL that would take the migrations to the schema file; empty when they agree. Replays them in a shadow database.
 * Prisma's native engine would have to be downloaded; its WASM build comes with npm.
 */
export async function findSchemaDrift(connection: TestConnection, migrationsDir: string, schemaFile: string): Promise<string> {
  const content = fs.readFileSync(schemaFile, "utf8");
  const adapters = createAdapterFactory(connection);
  const { SchemaEngine } = await loadEngine();
  const engine = await SchemaEngine.new({ datamodels: [["schema.prisma", content]] }, () => {}, bindMigrationAwareSqlAdapterFactory(adapters.factory));
  try {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...readMigrations(migrationsDir) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? "" : (stdout ?? "they differ");
  } finally {
    engine.free();
    await adapters.dispose();
  }
}

/** Call it once in a process: the JavaScript half remembers the first instance's memory, and a second one corrupts it. */
async function loadEngine(): Promise<typeof Engine> {
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const engine = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as typeof Engine & { __wbg_set_wasm(exports: unknown): void };
  const module = await WebAssembly.compile(fs.readFileSync(path.join(path.dirname(script), "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports });
  engine.__wbg_set_wasm(exports);
  (exports.__wbindgen_start as () => void)();
  return engine;
}

function readMigrations(baseDir: string): Engine.MigrationList {
  const read = (file: string) => fs.readFileSync(path.join(baseDir, file), "utf8");
  const names = fs.readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: read("migration_lock.toml") },
    shadowDbInitScript: "",
    migrationDirectories: names
      .map(({ name }) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: read(`${name}/migration.sql`) } },
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/**
 * PrismaPg's own factory leaves its pools open and drops the shadow database while it is still connected to it.
 */
function createAdapterFactory(connection: TestConnection) {
  const pools: pg.Pool[] = [];
  const shadows: string[] = [];
  const admin = (sql: string) => withClient(connection, (client) => client.query(sql));

  async function open(database: string) {
    const pool = new pg.Pool({ ...connection, database, max: 1 });
    pool.on("error", () => {});
    pools.push(pool);
    return adapt(pool);
  }

  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => open(connection.database),
    async connectToShadowDb() {
      const name = `milkrun_shadow_${randomUUID().slice(0, 8)}`;
      await admin(`create database ${name}`);
      shadows.push(name);
      return open(name);
    },
  };
  return {
    factory,
    async dispose() {
      await Promise.all(pools.map((pool) => pool.end()));
      for (const name of shadows) await admin(`drop database if exists ${name} with (force)`);
    },
  };
}

/** PrismaPg made fit for the schema engine. */
async function adapt(pool: pg.Pool) {
  // The engine reads catalogue columns of type "char", which PrismaPg knows only as an array.
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryArrayResult>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    for (const field of result.fields ?? []) if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_ARRAY_OID;
    return result;
  }) as unknown as typeof pool.query;
  const adapter = await new PrismaPg(pool).connect();
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (parameters) => {
    const result = await queryRaw(parameters);
    return { ...result, columnTypes: result.columnTypes.map((type) => (type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type)) };
  };
  // PrismaPg splits a script at every semicolon, also inside function bodies.
  adapter.executeScript = async (script) => {
    await pool.query(script);
  };
  return adapter;
}
