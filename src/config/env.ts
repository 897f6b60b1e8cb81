import fs from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { settings } from "./settings";
import { StartError } from "./start-error";

type SettingName = keyof typeof settings;
type SettingValues = { [Name in SettingName]: z.output<(typeof settings)[Name]["schema"]> };

export interface Env extends SettingValues {
  /** Always set: the configured address, else http://localhost and the port. Without a slash at the end. */
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
    BASE_URL: parsed.BASE_URL ?? `http://localhost:${parsed.PORT}`,
    MILKRUN_DATA_DIR: path.resolve(parsed.MILKRUN_DATA_DIR),
    development: variables.NODE_ENV === "development",
  };
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
    if (fs.existsSync(".env")) process.loadEnvFile(".env");
    current = parseEnv(process.env);
  }
  return current;
}
