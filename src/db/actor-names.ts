import type { Tx } from "./transaction";

/** The names of these people and API keys as far as the transaction sees them: whoever left the organization is missing. */
export async function findActorNames(tx: Tx, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id, name from "user" where id = any(${wanted}::uuid[])
    union all select id, name from api_key where id = any(${wanted}::uuid[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
