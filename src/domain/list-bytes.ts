import { readUtf8, strictUtf8 } from "./utf8-text";

const BYTE_ORDER_MARKS: { encoding: string; bytes: number[] }[] = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
];
const DECLARATION = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']/i;
const DECLARATION_BYTES = 400;

/**
 * The text of a file with a list of sources: by its byte order mark, else UTF-8 if it is, else what an XML document declares, else UTF-8 where
 * little of it is damaged, else windows-1252, in which spreadsheets of the West write CSV.
 */
export function readListBytes(bytes: Uint8Array): string {
  const mark = BYTE_ORDER_MARKS.find((each) => each.bytes.every((byte, index) => bytes[index] === byte));
  if (mark) return new TextDecoder(mark.encoding).decode(bytes);
  return strictUtf8(bytes) ?? decode(bytes, declaredEncoding(bytes)) ?? readUtf8(bytes) ?? new TextDecoder("windows-1252").decode(bytes);
}

/** A declaration that can be read byte by byte is not true when it names an encoding of two bytes. */
function declaredEncoding(bytes: Uint8Array): string {
  const declared = DECLARATION.exec(new TextDecoder("windows-1252").decode(bytes.subarray(0, DECLARATION_BYTES)))?.[1] ?? "";
  return /^(utf|ucs)/i.test(declared) ? "" : declared;
}

/** Undefined when there is no such encoding. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    return undefined;
  }
}
