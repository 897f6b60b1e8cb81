import { parseExactJson } from "@/domain/exact-json";
import { CollectError } from "./collect-error";

/** What services put before JSON so that no other page can run it as a script. */
const GUARD = /^(?:\)\]\}'?,?|while\s*\(1\);|for\s*\(;;\);)\s*/;
/** A call of a function, which old services put around JSON where they are asked for a script (JSONP). */
const CALL = /^(?:\/\*\*\/\s*)?(?:typeof\s+([\w$.]+)\s*===?\s*['"]function['"]\s*&&\s*)?[\w$.]{1,100}\s*\(\s*(?=[[{])/;
/** What Python writes for numbers that are none; texts are matched so that nothing in them is taken for it. */
const TEXT_OR_NO_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/g;
/** Lists in lists: what is below of them would be dropped, and nothing would be left. */
const TOWER = /(?:\[\s*){200}/;

/**
 * The document of a JSON API: JSON, also behind a guard against scripts or within the call of a function, or JSON Lines, which is a list. Numbers that are too long to be exact
 * become texts.
 * @throws CollectError `bad_document`
 */
export function parseJsonDocument(document: string): unknown {
  const text = document.replace(/^\uFEFF/, "").trimStart();
  if (TOWER.test(text)) throw nestedTooDeeply();
  const [call] = CALL.exec(text) ?? [];
  try {
    return parseLenient(call === undefined ? text.replace(GUARD, "") : text.slice(call.length, text.lastIndexOf(")")));
  } catch (cause) {
    const lines = parseLines(text);
    if (lines) return lines;
    throw new CollectError("bad_document", `${describeNonJson(text)} Nothing was collected. Check the address.`, { cause });
  }
}

/** The error for a page that programs can follow further down than anybody would write. */
export function nestedTooDeeply(): CollectError {
  return new CollectError("bad_document", "The page is nested too deeply to be read. Nothing was collected. Use another address.");
}

/** With null for what is no number. @throws SyntaxError */
function parseLenient(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    return parseExactJson(text.replace(TEXT_OR_NO_NUMBER, (found) => (found.startsWith('"') ? found : "null")));
  }
}

/** Undefined unless there are several lines and each is a value. */
function parseLines(text: string): unknown[] | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  try {
    return lines.length > 1 ? lines.map(parseLenient) : undefined;
  } catch {
    return undefined;
  }
}

function describeNonJson(text: string): string {
  if (text === "") return "The page is empty.";
  if (text.startsWith("<")) return "This is a web page or XML, not JSON.";
  return /^[{[]/.test(text) ? "The JSON is cut off or damaged." : "This is not JSON.";
}
