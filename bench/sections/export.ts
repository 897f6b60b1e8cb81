import { EXPORT_FORMATS, type ExportFormat } from "@/domain/item-export";
import type { Bench } from "../bench";
import type { BenchDatabase } from "../cluster";
import { startNode } from "../measured-process";
import { forgetPeak, peakBytes, processorSeconds, residentBytes } from "../process-use";
import { atLeast, atMost, count, duration, megabytes, type SectionResult } from "../report";
import { type SeededItems, seedItems } from "../seed-items";
import { quantile } from "../statistics";

const START_WITHIN_MS = 60_000;
const PAGE_EVERY_MS = 200;
const PAGE = "/api/trpc/item.list?input=%7B%22json%22%3A%7B%22limit%22%3A10%7D%7D";

interface Exported {
  format: ExportFormat;
  firstByteMs: number;
  tookMs: number;
  bytes: number;
  /** Most memory that the process held meanwhile, beyond what it had before; null where that cannot be read. */
  growthBytes: number | null;
  /** Processor time of the process and of the database; null where it cannot be read. */
  processSeconds: number | null;
  databaseSeconds: number | null;
  /** How long pages took that were asked for meanwhile, sorted. */
  pagesMs: number[];
}

/** S11: everything is exported in each format, by one process each, while pages are asked for. */
export async function measureExport(bench: Bench): Promise<SectionResult> {
  const { items } = bench.sizes.exports;
  return bench.cluster.withDatabase(async ({ connection, owner }) => {
    bench.progress(`export: making ${count(items)} items`);
    const { tokens } = await seedItems(owner, items);
    const measured: Exported[] = [];
    for (const format of EXPORT_FORMATS) {
      measured.push(await measureFormat(bench, { connection, tokens }, format));
      bench.progress(`export: ${format} took ${duration(measured.at(-1)?.tookMs ?? Number.NaN)}`);
    }
    return report(items, measured);
  });
}

/** In a process of its own: one that has exported before grows by less. */
async function measureFormat({ cluster }: Bench, { connection, tokens }: Stored, format: ExportFormat): Promise<Exported> {
  const web = startNode("export", { connection });
  try {
    const { port } = await web.expect<{ port: number }>("port", START_WITHIN_MS);
    const server = { pid: web.pid, databasePid: cluster.pid, address: `http://127.0.0.1:${port}`, tokens };
    // The first of all compiles and connects; nothing is gone. A search would go through every item: the bench writes no words.
    await exportAs(server, format, "&state=gone");
    return await exportAs(server, format);
  } finally {
    await web.kill();
  }
}

interface Stored extends SeededItems, Pick<BenchDatabase, "connection"> {}

interface Server extends SeededItems {
  pid: number;
  databasePid: number | null;
  address: string;
}

async function exportAs({ pid, databasePid, address, tokens }: Server, format: ExportFormat, filter = ""): Promise<Exported> {
  forgetPeak(pid);
  const before = { resident: residentBytes(pid), own: processorSeconds(pid), database: databasePid && processorSeconds(databasePid) };
  const pages = askForPages(address, tokens[1]);
  const read = await readExport(`${address}/api/items/export?format=${format}${filter}`, tokens[0]).finally(pages.stop);
  const [peak, own, database] = [peakBytes(pid), processorSeconds(pid), databasePid && processorSeconds(databasePid)];
  return {
    format,
    ...read,
    growthBytes: differenceOf(before.resident, peak),
    processSeconds: differenceOf(before.own, own),
    databaseSeconds: differenceOf(before.database, database),
    pagesMs: pages.tookMs.sort((a, b) => a - b),
  };
}

async function readExport(url: string, token: string): Promise<Pick<Exported, "firstByteMs" | "tookMs" | "bytes">> {
  const startedMs = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok || !response.body) throw new Error(`The export was answered with ${response.status}.`);
  let [firstByteMs, bytes] = [0, 0];
  for await (const chunk of response.body) {
    firstByteMs ||= performance.now() - startedMs;
    bytes += chunk.length;
  }
  return { firstByteMs, tookMs: performance.now() - startedMs, bytes };
}

const differenceOf = (before: number | null, after: number | null) => (before === null || after === null ? null : after - before);

/** Asks for a page again and again until it is stopped, and notes how long each took. */
function askForPages(address: string, token: string): { tookMs: number[]; stop: () => void } {
  const tookMs: number[] = [];
  const ask = async () => {
    const startedMs = performance.now();
    const response = await fetch(`${address}${PAGE}`, { headers: { authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
    if (response.ok) tookMs.push(performance.now() - startedMs);
  };
  // A server that went away is told of by the export, which fails as well.
  const asking = setInterval(() => void ask().catch(() => {}), PAGE_EVERY_MS);
  return { tookMs, stop: () => clearInterval(asking) };
}

function report(items: number, measured: readonly Exported[]): SectionResult {
  const perRow = (seconds: number | null) => (seconds === null ? "–" : `${((seconds / items) * 1e6).toFixed(1)} µs`);
  const rate = ({ tookMs }: Exported) => Math.round(items / (tookMs / 1000));
  const cell = (pagesMs: number[], share: number) => (pagesMs.length === 0 ? "–" : duration(quantile(pagesMs, share)));
  return {
    section: "export",
    tables: [
      {
        title: `Export: ${count(items)} items while pages are served`,
        columns: ["format", "rows/s", "took", "first byte", "size", "memory growth", "process, a row", "PostgreSQL, a row", "pages p50", "pages p99"],
        rows: measured.map((each) => [
          each.format,
          count(rate(each)),
          duration(each.tookMs),
          duration(each.firstByteMs),
          megabytes(each.bytes),
          each.growthBytes === null ? "–" : megabytes(each.growthBytes),
          perRow(each.processSeconds),
          perRow(each.databaseSeconds),
          cell(each.pagesMs, 0.5),
          cell(each.pagesMs, 0.99),
        ]),
        notes: ["Processor time of the process that answers and of PostgreSQL, per item. The reader, which counts the bytes, is another process."],
      },
    ],
    verdicts: measured.flatMap((each) => [
      atLeast("S11", `${each.format}: rows a second`, rate(each), 50_000, count),
      atMost("S11", `${each.format}: first byte`, each.firstByteMs, 200, duration),
      atMost("S11", `${each.format}: memory growth`, each.growthBytes, 50 * 2 ** 20, megabytes),
    ]),
  };
}
