import type { Prisma } from "@/generated/prisma/client";

/** A transaction that sees one organization, or all of them, as it was opened. */
export type Tx = Prisma.TransactionClient;

/** A transaction that is asked in SQL alone. Every other one is such a one, too. */
export interface SqlTx {
  $queryRaw<T>(query: TemplateStringsArray | Prisma.Sql, ...filled: unknown[]): Promise<T>;
  /** @returns The rows that it wrote. */
  $executeRaw(query: TemplateStringsArray | Prisma.Sql, ...filled: unknown[]): Promise<number>;
}

/** Where the connections tell of their troubles. */
export interface DatabaseLog {
  warn(details: object, message: string): void;
}
