import pg from "pg";
import { hear, say } from "../child";

/**
 * What no collector that keeps anything can undercut: for each source one statement and one commit that lasts, so many at a time, into tables
 * with nothing but their keys. Nothing is fetched, read or compared, and nothing is kept of what was there before.
 */
const TABLES = `
  create schema bare_store;
  create table bare_store.source (id int primary key, asked_at timestamptz);
  create table bare_store.item (source_id int, key text, title text, primary key (source_id, key));
  insert into bare_store.source select n from generate_series(1, $1::int) n`;
const ITEMS = "insert into bare_store.item select s.id, 'item-' || n, '' from bare_store.source s, generate_series(1, $1::int) n";

const ASKED = { name: "asked", text: "update bare_store.source set asked_at = clock_timestamp() where id = $1" };
const CHANGED = {
  name: "changed",
  text: `with changed as (
      update bare_store.item i set title = n.title from jsonb_to_recordset($2::jsonb) n (key text, title text)
      where i.source_id = $1 and i.key = n.key
    ) ${ASKED.text}`,
};

const { connection, feeds, items, parallel } = await hear<{ connection: pg.ClientConfig; feeds: number; items: number; parallel: number }>();
const pool = new pg.Pool({ ...connection, max: parallel });
for (const text of TABLES.replace("$1", String(feeds)).split(";")) await pool.query(text);
await pool.query(ITEMS, [items]);

function itemsOf(round: number): string {
  return JSON.stringify(Array.from({ length: items }, (_, index) => ({ key: `item-${index + 1}`, title: `Title ${index}, round ${round}` })));
}

async function storeAll(round: number, changed: boolean): Promise<number> {
  const startedMs = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < feeds) {
      const source = ++next;
      await pool.query(changed ? { ...CHANGED, values: [source, itemsOf(round)] } : { ...ASKED, values: [source] });
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  return performance.now() - startedMs;
}

await Promise.all(Array.from({ length: parallel }, () => pool.query("select 1")));
say({ ready: true });
for (let round = 0; ; round++) {
  const { changed } = await hear<{ changed: boolean }>();
  say({ stored: { tookMs: await storeAll(round, changed) } });
}
