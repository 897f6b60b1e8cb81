import fs from "node:fs";
import path from "node:path";
import { parseEnv as parseFile } from "node:util";
import type { z } from "zod";
import { settings } from "./settings";
import { StartError } from "./start-error";

type SettingName = keyof typeof settings;
type SettingValues = { [Name in SettingName]: z.output<(typeof settings)[Name]["schema"]> };

export interface Env extends SettingValues {
  /** Always set: the configured address, else that of `ownAddress`. Without a slash at the end. */
  BASE_URL: string;
  /** An absolute path. */
  MILKRUN_DATA_DIR: string;
  /** True under `npm run dev`. */
  development: boolean;
}

/**
 * Reads the settings out of a set of variables; empty ones count as absent.
 * @throws StartError with one sentence for each value that cannot be used.
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(settings) as SettingName[]) {
    const { schema, default: fallback, ...texts } = settings[name] as Describable;
    const text = variables[name]?.trim() || fallback;
    const result = schema.safeParse(text);
    if (result.success) values[name] = result.data;
    else problems.push(describeProblem(name, text ?? "", texts, fallback));
  }
  if (problems.length > 0) throw new StartError(problems.join("\n"));
  const parsed = values as SettingValues;
  return {
    ...parsed,
    BASE_URL: parsed.BASE_URL ?? ownAddress(parsed.HOST, parsed.PORT),
    MILKRUN_DATA_DIR: path.resolve(parsed.MILKRUN_DATA_DIR),
    development: variables.NODE_ENV === "development",
  };
}

/** Where a process that listens there is reached from this machine: by its name, unless it listens on one of its other addresses only. */
export function ownAddress(host: string, port: number): string {
  const isByName = /^(localhost|127\..*|0\.0\.0\.0|::|::1)$/.test(host);
  return `http://${isByName ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}

interface Describable {
  schema: z.ZodType;
  default?: string;
  expects: string;
  secret?: boolean;
}

function describeProblem(name: string, text: string, setting: Omit<Describable, "schema">, fallback: string | undefined): string {
  const shown = setting.secret ? `The value of ${name}` : `${name}=${text}`;
  const otherwise = fallback ? ` for the default, ${fallback}` : "";
  return `${shown} cannot be used: it must be ${setting.expects}. Correct it, or leave ${name} out${otherwise}.`;
}

let current: Env | undefined;

/**
 * The settings of this process, read once. A file `.env` in the working directory counts too; real variables win over it.
 * @throws StartError with one sentence for each value that cannot be used.
 */
export function env(): Env {
  if (!current) {
    if (fs.existsSync(".env")) loadSettings(path.resolve(".env"));
    current = parseEnv(process.env);
  }
  return current;
}

/**
 * Sets the variables of a file that are not set. Editors of Windows mark its encoding at its beginning, which must not become part of the first name.
 * @throws StartError when it cannot be read.
 */
export function loadSettings(file: string): void {
  const parsed = parseFile(readFile(file));
  for (const [name, value] of Object.entries(parsed)) process.env[name] ??= value;
}

function readFile(file: string): string {
  try {
    const bytes = fs.readFileSync(file);
    return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new StartError(`Milkrun cannot read its settings in ${file} (${code}): let this user read it, or remove it.`, { cause });
  }
}
