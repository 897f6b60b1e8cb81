import { decodeAs, decodeDeclared, decodeMarked } from "@/domain/decode-bytes";
import { readUtf8 } from "@/domain/utf8-text";
import { guessEncoding, isIso2022Jp } from "./guess-encoding";

/** Which declaration a document may carry inside itself. */
type DocumentFormat = "xml" | "html" | "json" | "csv";

/** How `<` (of XML and HTML) or `{` and `[` (of JSON) looks in wide encodings without a mark; 0 stands for NUL, 1 for any other byte. */
const WIDE_PATTERNS: { bytes: number[]; encoding: string }[] = [
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

/**
 * The text of a document: by its byte order mark, else the charset of the HTTP header, else its own declaration, else by
 * content (UTF-8 when it is valid, else the encoding whose letters it seems to hold, else windows-1252). Declarations that the bytes contradict
 * are passed over.
 */
export function decodeText(body: Uint8Array, contentType: string | undefined, format: DocumentFormat): string {
  const marked = decodeMarked(body);
  if (marked !== undefined) return marked;
  const wide = body.length >= 4 ? WIDE_PATTERNS.find(({ bytes }) => bytes.every((byte, index) => (body[index] === 0 ? 0 : 1) === byte)) : undefined;
  if (wide) return decodeAs(body, wide.encoding);
  const labels = [charsetOf(contentType), declaredEncoding(body, format)];
  for (const label of labels) {
    const text = decodeDeclared(body, label);
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
