import type { EmbeddedPostgres } from "@/db/embedded";

/** The embedded database as the members are told of it in DATABASE_URL: as its owner, through its socket. */
export function databaseAddress({ host, port, user, password, database }: EmbeddedPostgres["connection"]): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
}
