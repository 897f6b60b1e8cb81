import fs from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** A line of a stack: what is called, a file or its address, line and column. What an error says may look like one, so it is read in one go. */
const FRAME = /^(\s+at (?:async )?(?:[^(]*\()?)((?:file:\/\/)?\/.+):(\d+):(\d+)(\)?)$/;

/**
 * A stack with the places in our sources instead of those in what was built of them, where the builder left a map. Maps are read when a stack
 * is: Node's own --enable-source-maps reads those of all packages when they are loaded, 65 MB and most of a second of every start.
 */
export function readableStack(stack: string): string {
  return stack.split("\n").map(readableFrame).join("\n");
}

function readableFrame(frame: string): string {
  const [, before, place, line, column, after] = FRAME.exec(frame) ?? [];
  if (!place) return frame;
  try {
    const source = findSource(place.startsWith("file:") ? fileURLToPath(place) : place, Number(line), Number(column));
    return source ? `${before}${source}${after}` : frame;
  } catch {
    // Whatever is wrong with a map, the error itself is what has to be read.
    return frame;
  }
}

function findSource(file: string, line: number, column: number): string | null {
  const found = readMap(file)?.findEntry(line - 1, column - 1);
  if (!found || !("originalSource" in found)) return null;
  const source = new URL(found.originalSource, pathToFileURL(file));
  return `${source.protocol === "file:" ? fileURLToPath(source) : source}:${found.originalLine + 1}:${found.originalColumn + 1}`;
}

/** Errors come in swarms; between them the memory is for others. */
const maps = new Map<string, WeakRef<SourceMap>>();

/** Our own only: packages are read as they are. */
function readMap(file: string): SourceMap | null {
  const known = maps.get(file)?.deref();
  if (known) return known;
  if (file.includes("/node_modules/") || !fs.existsSync(`${file}.map`)) return null;
  const map = new SourceMap(JSON.parse(fs.readFileSync(`${file}.map`, "utf8")));
  maps.set(file, new WeakRef(map));
  return map;
}
