import { Prisma } from "@/generated/prisma/client";

const MARK = "/* kept plan */";

/**
 * SQL of which each connection of `withSql` keeps the plan, as planning takes longer than doing it. Only for what is inserted or looked up by
 * primary keys: the plan has to be good whatever the values are, and when the tables have grown. Items are not found in that way: made while
 * there are few, the plan goes through all items of a source for each of them.
 */
export function keptPlan(parts: TemplateStringsArray, ...filled: unknown[]): Prisma.Sql {
  const [first, ...rest] = parts;
  return Prisma.sql([`${MARK}${first}`, ...rest], ...filled);
}

/** The text itself is what the plan is kept by. */
export function hasKeptPlan(text: string): boolean {
  return text.startsWith(MARK);
}
