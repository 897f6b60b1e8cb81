import { readUtf8, strictUtf8 } from "./utf8-text";

/** The longer marks first: the mark of UTF-32 begins with that of UTF-16. */
const BYTE_ORDER_MARKS: { bytes: number[]; encoding: string }[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], encoding: "utf-32le" },
  { bytes: [0x00, 0x00, 0xfe, 0xff], encoding: "utf-32be" },
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];
const ONE_BYTE = /^(?:windows-|iso-8859-|koi8-|ibm866|macintosh|x-mac-)/;
/** Some versions of Node decode windows-1252 as if it were Latin-1 (nodejs/node issue 56542); these are the characters that it gets wrong. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

/** The text of bytes that begin with a byte order mark, without it; undefined for others. */
export function decodeMarked(bytes: Uint8Array): string | undefined {
  const mark = BYTE_ORDER_MARKS.find((each) => each.bytes.every((byte, index) => bytes[index] === byte));
  return mark && decodeAs(bytes.subarray(mark.bytes.length), mark.encoding);
}

/** The text of bytes in an encoding that is said of them, by any of its names; undefined where nobody knows it, and where they contradict. */
export function decodeDeclared(bytes: Uint8Array, label: string | undefined): string | undefined {
  const encoding = encodingOf(label);
  // A declaration that could be read byte by byte cannot tell the truth when it names a wide encoding.
  if (encoding === undefined || encoding.startsWith("utf-16")) return undefined;
  if (encoding === "utf-8") return readUtf8(bytes);
  // Servers and templates say what was right years ago far more often than text of one byte a letter happens to be valid UTF-8.
  if (ONE_BYTE.test(encoding)) return strictUtf8(bytes) ?? decodeAs(bytes, encoding);
  return decodeAs(bytes, encoding);
}

function encodingOf(label: string | undefined): string | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** @param encoding as the WHATWG encoding standard names it, or UTF-32. */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (encoding === "utf-32le") return decodeUtf32(bytes, true);
  if (encoding === "utf-32be") return decodeUtf32(bytes, false);
  const text = new TextDecoder(encoding).decode(bytes);
  return encoding === "windows-1252" ? text.replace(/[\u0080-\u009F]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character) : text;
}

/** TextDecoder knows no UTF-32 (the WHATWG encoding standard left it out); XML allows it. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let offset = 0; offset + 4 <= bytes.byteLength; offset += 4) {
    const codePoint = view.getUint32(offset, littleEndian);
    parts.push(codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : "\uFFFD");
  }
  return parts.join("");
}
