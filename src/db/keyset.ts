import { AppError } from "@/domain/errors";
import { Prisma } from "@/generated/prisma/client";

/** The place of a row in a list that goes by an instant and then by id, as text for `decodeCursor`. */
export function encodeCursor(at: Date, id: string): string {
  return `${at.getTime().toString(36)}-${id}`;
}

/**
 * "instant, id" to compare rows with.
 * @throws AppError `validation` at `cursor` when the cursor is not one that `encodeCursor` gave out.
 */
export function decodeCursor(cursor: string): Prisma.Sql {
  const [, at, id] = /^([0-9a-z]{1,10})-([0-9]{1,18})$/.exec(cursor) ?? [];
  const instant = new Date(Number.parseInt(at ?? "", 36));
  if (id === undefined || Number.isNaN(instant.getTime())) {
    throw new AppError("validation", "This page of the list does not exist. Go back to its beginning.", { field: "cursor" });
  }
  return Prisma.sql`${instant}::timestamptz, ${id}::bigint`;
}

/** A condition for each word of a text: the column holds it, in whatever case. */
export function holdsWords(column: Prisma.Sql, text: string | undefined): Prisma.Sql[] {
  const words = text?.split(/\s+/).filter((word) => word !== "") ?? [];
  return words.map((word) => Prisma.sql`${column} ilike ${`%${word.replace(/[\\%_]/g, "\\$&")}%`}`);
}
