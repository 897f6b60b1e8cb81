import { readUtf8, strictUtf8 } from "@/domain/utf8-text";
import { guessEncoding, isIso2022Jp } from "./guess-encoding";

/** Which declaration a document may carry inside itself. */
type DocumentFormat = "xml" | "html" | "json" | "csv";

interface ByteOrderMark {
  bytes: number[];
  encoding: string;
}

/** The longer marks first: the mark of UTF-32 begins with that of UTF-16. */
const BYTE_ORDER_MARKS: ByteOrderMark[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], encoding: "utf-32le" },
  { bytes: [0x00, 0x00, 0xfe, 0xff], encoding: "utf-32be" },
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];

/** How `<` (of XML and HTML) or `{` and `[` (of JSON) looks in wide encodings without a mark; 0 stands for NUL, 1 for any other byte. */
const WIDE_PATTERNS: ByteOrderMark[] = [
  { bytes: [0, 0, 0, 1], encoding: "utf-32be" },
  { bytes: [1, 0, 0, 0], encoding: "utf-32le" },
  { bytes: [0, 1, 0, 1], encoding: "utf-16be" },
  { bytes: [1, 0, 1, 0], encoding: "utf-16le" },
];

const DECLARATIONS: Record<DocumentFormat, RegExp | undefined> = {
  xml: /<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s*([\w.:-]{1,40})/i,
  html: /<(?:meta[^>]{0,500}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})/i,
  json: undefined,
  csv: undefined,
};
const DECLARATION_BYTES = 4096;
const ONE_BYTE = /^(?:windows-|iso-8859-|koi8-|ibm866|macintosh|x-mac-)/;
/** Some versions of Node decode windows-1252 as if it were Latin-1 (nodejs/node issue 56542); these are the characters that it gets wrong. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/**
 * The text of a document: by its byte order mark, else the charset of the HTTP header, else its own declaration, else by
 * content (UTF-8 when it is valid, else the encoding whose letters it seems to hold, else windows-1252). Declarations that the bytes contradict
 * are passed over.
 */
export function decodeText(body: Uint8Array, contentType: string | undefined, format: DocumentFormat): string {
  const mark = BYTE_ORDER_MARKS.find(({ bytes }) => bytes.every((byte, index) => body[index] === byte));
  if (mark) return decodeAs(body.subarray(mark.bytes.length), mark.encoding);
  const wide = body.length >= 4 ? WIDE_PATTERNS.find(({ bytes }) => bytes.every((byte, index) => (body[index] === 0 ? 0 : 1) === byte)) : undefined;
  if (wide) return decodeAs(body, wide.encoding);
  const labels = [charsetOf(contentType), declaredEncoding(body, format)];
  for (const label of labels) {
    const text = decodeAsDeclared(body, label);
    if (text !== undefined) return text;
  }
  if (isIso2022Jp(body)) return decodeAs(body, "iso-2022-jp");
  return readUtf8(body) ?? decodeAs(body, guessEncoding(body) ?? "windows-1252");
}

function charsetOf(contentType: string | undefined): string | undefined {
  return /charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(contentType ?? "")?.[1];
}

function declaredEncoding(body: Uint8Array, format: DocumentFormat): string | undefined {
  const head = decodeAs(body.subarray(0, DECLARATION_BYTES), "windows-1252");
  return DECLARATIONS[format]?.exec(head)?.[1];
}

function decodeAsDeclared(body: Uint8Array, label: string | undefined): string | undefined {
  const encoding = encodingOf(label);
  // A declaration that could be read byte by byte cannot tell the truth when it names a wide encoding.
  if (encoding === undefined || encoding.startsWith("utf-16")) return undefined;
  if (encoding === "utf-8") return readUtf8(body);
  // Servers and templates say what was right years ago far more often than text of one byte a letter happens to be valid UTF-8.
  if (ONE_BYTE.test(encoding)) return strictUtf8(body) ?? decodeAs(body, encoding);
  return decodeAs(body, encoding);
}

function encodingOf(label: string | undefined): string | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

function decodeAs(body: Uint8Array, encoding: string): string {
  if (encoding === "utf-32le") return decodeUtf32(body, true);
  if (encoding === "utf-32be") return decodeUtf32(body, false);
  const text = new TextDecoder(encoding).decode(body);
  return encoding === "windows-1252" ? text.replace(/[\u0080-\u009F]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character) : text;
}

/** TextDecoder knows no UTF-32 (the WHATWG encoding standard left it out); XML allows it. */
function decodeUtf32(body: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const parts: string[] = [];
  for (let offset = 0; offset + 4 <= body.byteLength; offset += 4) {
    const codePoint = view.getUint32(offset, littleEndian);
    parts.push(codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : "\uFFFD");
  }
  return parts.join("");
}
