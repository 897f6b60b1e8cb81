import { csvLines } from "./csv-line";
import { exportTable } from "./export-table";
import { type ExportedItem, type ItemExportQuery, SEPARATORS } from "./item-export";
import { createLineReader } from "./json-line";

/** Turns items into the text of a file, piece by piece. */
export interface ExportWriter {
  start: string;
  /** @param lines Items as the database gives them: each `ExportedItem` in JSON. At least one. */
  write(lines: readonly string[]): string;
  end: string;
}

/** How a file of text ends that says of itself that it is complete. */
export interface ExportSum {
  items: number;
  /** SHA-256 of everything before that line, in hex. */
  sha256: string;
}

/** The writer of a format that is text. */
export function createExportWriter(query: ItemExportQuery, fieldNames: readonly string[]): ExportWriter {
  if (query.format === "json") return jsonWriter();
  if (query.format === "jsonl") return { start: "", write: (lines) => `${lines.join("\n")}\n`, end: "" };
  return csvWriter(query, fieldNames);
}

/** The last line of a file whose query asks for one; "" for the others. JSON and XLSX cannot be read at all when something is missing. */
export function endLine({ format, end }: Pick<ItemExportQuery, "format" | "end">, { items, sha256 }: ExportSum): string {
  if (end === "0") return "";
  if (format === "csv") return `# end of export: ${items} items; sha256 ${sha256}\r\n`;
  return format === "jsonl" ? `${JSON.stringify({ endOfExport: { items, sha256 } })}\n` : "";
}

function jsonWriter(): ExportWriter {
  let isFirst = true;
  return {
    start: "[",
    write(lines) {
      const lead = isFirst ? "\n" : ",\n";
      isFirst = false;
      return lead + lines.join(",\n");
    },
    end: "\n]\n",
  };
}

function csvWriter(query: ItemExportQuery, fieldNames: readonly string[]): ExportWriter {
  const { header, dates, rowOf } = exportTable(query, fieldNames);
  const line = csvLines({ separator: SEPARATORS[query.separator], formulaSafe: query.formulas === "0" });
  const read = createLineReader<ExportedItem>();
  const isLocal = query.dates === "local";
  const dateColumns = isLocal ? dates.flatMap((isDate, index) => (isDate ? [index] : [])) : [];
  const cellsOf = (item: ExportedItem) => {
    const cells = rowOf(item);
    for (const index of dateColumns) cells[index] = localTime(cells[index] as string | null);
    return cells;
  };
  // A time is never shown without its zone.
  const names = header.map((name, index) => (isLocal && dates[index] ? `${name} (${query.zone})` : name));
  return {
    start: `${query.bom === "1" ? "\u{feff}" : ""}${line(names)}`,
    write: (lines) => lines.reduce((text, item) => text + line(cellsOf(read(item))), ""),
    end: "",
  };
}

/** "2026-11-24T07:00:00.123+01:00" → "2026-11-24 07:00:00" */
function localTime(instant: string | null): string | null {
  return instant?.slice(0, 19).replace("T", " ") ?? null;
}
