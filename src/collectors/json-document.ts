import { readJson } from "@/domain/json-text";
import { CollectError } from "./collect-error";

/** Lists in lists: what is below of them would be dropped, and nothing would be left. */
const TOWER = /(?:\[\s*){200}/;

/**
 * The document of a JSON API.
 * @throws CollectError `bad_document`
 */
export function parseJsonDocument(document: string): unknown {
  if (TOWER.test(document)) throw nestedTooDeeply();
  try {
    return readJson(document);
  } catch (cause) {
    throw new CollectError("bad_document", `${describeNonJson(document.trimStart())} Nothing was collected. Check the address.`, { cause });
  }
}

/** The error for a page that programs can follow further down than anybody would write. */
export function nestedTooDeeply(): CollectError {
  return new CollectError("bad_document", "The page is nested too deeply to be read. Nothing was collected. Use another address.");
}

function describeNonJson(text: string): string {
  if (text === "") return "The page is empty.";
  if (text.startsWith("<")) return "This is a web page or XML, not JSON.";
  return /^[{[]/.test(text) ? "The JSON is cut off or damaged." : "This is not JSON.";
}
