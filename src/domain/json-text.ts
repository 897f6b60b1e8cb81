import { parseExactJson } from "./exact-json";

/** What services put before JSON so that no other page can run it as a script. */
const GUARD = /^(?:\)\]\}'?,?|while\s*\(1\);|for\s*\(;;\);)\s*/;
/** A call of a function, which old services put around JSON where they are asked for a script (JSONP). */
const CALL = /^(?:\/\*\*\/\s*)?(?:typeof\s+[\w$.]+\s*===?\s*['"]function['"]\s*&&\s*)?[\w$.]{1,100}\s*\(\s*(?=[[{])/;
/**
 * What Python writes for numbers that are none; texts are matched so that nothing in them is taken for it, and one without an end goes to that of
 * the document: looking for ends from each of its marks would take for ever.
 */
const TEXT_OR_NO_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|-?\b(?:NaN|Infinity)\b/gs;

/**
 * What services send as JSON: also behind a guard against scripts or within the call of a function, with null for what is no number, and JSON Lines
 * as a list. Numbers that are too long to be exact become texts.
 * @throws SyntaxError
 */
export function readJson(document: string): unknown {
  // A byte order mark counts as a space.
  const text = document.trimStart();
  const [call] = CALL.exec(text) ?? [];
  try {
    return parseLenient(call === undefined ? text.replace(GUARD, "") : text.slice(call.length, text.lastIndexOf(")")));
  } catch (error) {
    const lines = parseLines(text);
    if (lines) return lines;
    throw error;
  }
}

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
