import type { z } from "zod";
import { AppError } from "./errors";

interface QueryOptions {
  /** What does not happen when it cannot be read, as a sentence. */
  effect: string;
  /** Parameters that may be stated several times. */
  lists?: readonly string[];
}

/**
 * The query of an address, in words where it cannot be read. Nothing in it is passed over: of a filter that is misspelt or stated twice nobody
 * would see that it narrows to something else.
 * @throws AppError `validation` that names the parameter.
 */
export function readQuery<Schema extends z.ZodObject>(schema: Schema, params: URLSearchParams, { effect, lists = [] }: QueryOptions): z.output<Schema> {
  const names = [...new Set(params.keys())];
  const refuse = (what: string) => new AppError("validation", `${effect} ${what}`);
  const twice = names.find((name) => !lists.includes(name) && params.getAll(name).length > 1);
  if (twice !== undefined) throw refuse(`${twice}: State it once.`);
  const read = schema.safeParse(Object.fromEntries(names.map((name) => [name, lists.includes(name) ? params.getAll(name) : params.get(name)])));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (issue?.code === "unrecognized_keys") throw refuse(`There is no parameter “${issue.keys[0]}”. There are: ${Object.keys(schema.shape).join(", ")}.`);
  throw refuse(`${issue?.path.join(".")}: ${issue?.message}`);
}
