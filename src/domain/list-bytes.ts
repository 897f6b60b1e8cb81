import { decodeAs, decodeDeclared, decodeMarked } from "./decode-bytes";
import { readUtf8, strictUtf8 } from "./utf8-text";

const DECLARATION = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i;
const DECLARATION_BYTES = 400;

/**
 * The text of a file with a list of sources: by its byte order mark, else UTF-8 if it is, else what an XML document declares, else UTF-8 where
 * little of it is damaged, else windows-1252, in which spreadsheets of the West write CSV.
 */
export function readListBytes(bytes: Uint8Array): string {
  return decodeMarked(bytes) ?? strictUtf8(bytes) ?? decodeDeclared(bytes, declaredEncoding(bytes)) ?? readUtf8(bytes) ?? decodeAs(bytes, "windows-1252");
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  return DECLARATION.exec(decodeAs(bytes.subarray(0, DECLARATION_BYTES), "windows-1252"))?.[1];
}
