import { withClient } from "@/db/connect";
import type { Bench } from "../bench";
import type { BenchDatabase } from "../cluster";
import { startNode } from "../measured-process";
import { atLeast, atMost, count, type SectionResult, spread, times } from "../report";
import { summarize } from "../statistics";

const WITHIN_MS = 600_000;

interface Saved {
  newMs: number;
  unchangedMs: number;
}

/** S9: items stored, new ones and such that are as they were, in an empty table and in a full one. */
export async function measureSaving(bench: Bench): Promise<SectionResult> {
  const { sources, itemsPerSource, stored, repeats } = bench.sizes.saving;
  const { empty, full } = await bench.cluster.withDatabase(async (database) => {
    const program = startNode("saving-items", { connection: database.connection, sources, itemsPerSource });
    const measure = async (what: string) => {
      const all: Saved[] = [];
      for (let turn = 0; turn < repeats; turn++) {
        program.tell({ go: true });
        all.push((await program.expect<{ saved: Saved }>("saved", WITHIN_MS)).saved);
        bench.progress(`saving, ${what}, turn ${turn + 1}`);
      }
      return all;
    };
    try {
      await program.expect("ready", WITHIN_MS);
      const empty = await measure("empty table");
      await fillTable(database, stored);
      return { empty, full: await measure(`${count(stored)} items stored`) };
    } finally {
      await program.kill();
    }
  });
  const rate = (ms: number) => (sources * itemsPerSource * 1_000) / ms;
  const median = (all: readonly Saved[], key: keyof Saved) => summarize(all.map((saved) => rate(saved[key]))).median;
  const row = (name: string, all: readonly Saved[], key: keyof Saved) => [
    name,
    spread(
      all.map((saved) => rate(saved[key])),
      perSecond,
    ),
  ];
  return {
    section: "saving",
    tables: [
      {
        title: `Saving: ${count(sources)} sources of ${count(itemsPerSource)} items, four sources at a time`,
        columns: ["", "items"],
        rows: [
          row("new", empty, "newMs"),
          row("unchanged", empty, "unchangedMs"),
          row(`new, beside ${count(stored)} others`, full, "newMs"),
          row(`unchanged, beside ${count(stored)} others`, full, "unchangedMs"),
        ],
        notes: ["With their hashes. Each source is one transaction, as in a run."],
      },
    ],
    verdicts: [
      atLeast("S9", "new items", median(empty, "newMs"), 10_000, perSecond),
      atLeast("S9", "unchanged items", median(empty, "unchangedMs"), 20_000, perSecond),
      atMost("S9", `new items: growth of the cost beside ${count(stored)}`, median(empty, "newMs") / median(full, "newMs"), 1.5, times),
      atMost("S9", `unchanged items: growth of the cost beside ${count(stored)}`, median(empty, "unchangedMs") / median(full, "unchangedMs"), 1.5, times),
    ],
  };
}

const perSecond = (value: number) => `${count(Math.round(value))}/s`;

/** Items of the sources that are there, under other keys. */
async function fillTable({ owner }: BenchDatabase, stored: number): Promise<void> {
  await withClient(owner, async (client) => {
    await client.query(
      `insert into item (org_id, source_id, key, title, url, fields, content_hash, first_seen_at, first_seen_run_id, last_seen_at, last_seen_run_id,
         last_changed_at, last_changed_run_id)
       select s.org_id, s.id, 'stored ' || i, 'Stored item ' || i, 'https://example.org/stored/' || i, jsonb_build_object('summary', repeat('words of it ', 25)),
         md5(i::text) || md5(i::text), now(), s.org_id, now(), s.org_id, now() - i * interval '1 second', s.org_id
       from (select *, row_number() over (order by id) as nth, count(*) over () as of from source) s
         join generate_series(1, $1::int) i on i % s.of = s.nth - 1`,
      [stored],
    );
    await client.query("vacuum analyze item");
  });
}
