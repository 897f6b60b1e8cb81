import { randomUUID } from "node:crypto";
import type pg from "pg";
import { makeApiKey } from "@/auth/api-key";
import { withClient } from "@/db/connect";
import { seedSchedules } from "@/testing/seed-schedules";
import { patternsDueAt } from "./patterns";

const FAR_OFF_MS = 86_400_000;
const SOURCES = 20;

/** Keys that may read the organization that the items belong to. */
export interface SeededItems {
  tokens: [string, string];
}

/** One organization with so many items of 20 sources, as feeds have them: seven fields, some of them longer, a tenth with what CSV has to quote. */
export function seedItems(owner: pg.ClientConfig, items: number): Promise<SeededItems> {
  return withClient(owner, async (client) => {
    await seedSchedules(client, { schedules: 1, patterns: patternsDueAt(new Date(Date.now() + FAR_OFF_MS)), sourceUrl: "https://example.org/feed.xml" });
    const { rows } = await client.query<{ id: string }>("select id from organization");
    const orgId = rows[0]?.id ?? "";
    await client.query(
      `insert into source (id, org_id, name, kind, url, config, created_at, updated_at)
       select gen_random_uuid(), $1, 'Source ' || n, 'feed', 'https://example.org/' || n, '{}', now(), now() from generate_series(1, $2::int) n`,
      [orgId, SOURCES - 1],
    );
    await insertItems(client, orgId, items);
    await client.query("vacuum analyze item");
    return { tokens: [await insertKey(client, orgId), await insertKey(client, orgId)] };
  });
}

async function insertItems(client: pg.Client, orgId: string, items: number): Promise<void> {
  await client.query(
    `with source as (select array_agg(id) as ids from source where org_id = $1)
     insert into item (org_id, source_id, key, title, url, published_at, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id,
       last_changed_at, last_changed_run_id)
     select $1, source.ids[1 + n % cardinality(source.ids)], md5(n::text), case when n % 10 = 0 then 'Butter, "salted" ' else 'Fresh milk from the farm ' end || n,
       'https://example.org/articles/' || n, at, jsonb_build_object('author', 'Grace Hopper', 'price', n % 1000 / 10.0, 'inStock', n % 3 = 0, 'category', 'Dairy',
         'summary', repeat('The price of milk rose again, as every year. ', 3), 'tags', jsonb_build_array('milk', 'farm'), 'note', case when n % 7 = 0 then '=1+1' else 'none' end),
       md5(n::text), at, $2, at, $2, at, $2
     from generate_series(1, $3::int) n, source, lateral (select timestamptz '2026-01-01 06:00Z' + n * interval '10 seconds' as at) clock`,
    [orgId, randomUUID(), items],
  );
}

async function insertKey(client: pg.Client, orgId: string): Promise<string> {
  const { token, stored } = makeApiKey();
  await client.query("insert into api_key (id, org_id, name, prefix, key_hash, scopes, created_by_id) values ($1, $2, 'Bench', $3, $4, '{read}', $1)", [
    stored.id,
    orgId,
    stored.prefix,
    stored.keyHash,
  ]);
  return token;
}
