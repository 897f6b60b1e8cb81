import type { Prisma } from "@/generated/prisma/client";

/** A transaction that sees one organization, or all of them, as it was opened. */
export type Tx = Prisma.TransactionClient;

/** Where the connections tell of their troubles. */
export interface DatabaseLog {
  warn(details: object, message: string): void;
}
