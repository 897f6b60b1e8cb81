import { expect, test } from "vitest";
import { readListBytes } from "./list-bytes";

const OPML = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><opml><outline text="M\u00fcnchen"/></opml>`;
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
};

test.each([
  ["UTF-8", new TextEncoder().encode("url,name\nhttps://a.example/,M\u00fcnchen \u{1f95b}"), "url,name\nhttps://a.example/,M\u00fcnchen \u{1f95b}"],
  ["UTF-8 with a mark", new TextEncoder().encode("\ufeffurl"), "url"],
  ["UTF-8 that is damaged at one place", Uint8Array.from([...new TextEncoder().encode("K\u00f6ln, M\u00fcnchen "), 0xc3]), "K\u00f6ln, M\u00fcnchen \ufffd"],
  ["UTF-16 with a mark, as spreadsheets write \u201cUnicode text\u201d", utf16("\ufeffurl\tname\r\nM\u00fcnchen", true), "url\tname\r\nM\u00fcnchen"],
  ["UTF-16 the other way round", utf16("\ufeffM\u00fcnchen", false), "M\u00fcnchen"],
  ["what spreadsheets of the West write", latin("url;name\r\nhttps://a.example/;M\u00fcnchen"), "url;name\r\nhttps://a.example/;M\u00fcnchen"],
  ["OPML in the encoding that it declares", latin(OPML("iso-8859-1")), OPML("iso-8859-1")],
  [
    "OPML in another one",
    Uint8Array.from([...latin('<?xml version="1.0" encoding="koi8-r"?><opml/>'), 0xcd]),
    '<?xml version="1.0" encoding="koi8-r"?><opml/>\u043c',
  ],
  ["OPML that is UTF-8 whatever it declares", new TextEncoder().encode(OPML("iso-8859-1")), OPML("iso-8859-1")],
  ["OPML that declares what it is not, or what nobody knows", latin(OPML("utf-8")), OPML("utf-8")],
  ["OPML that declares an encoding of two bytes by another of its names", latin(OPML("iso-10646-ucs-2")), OPML("iso-10646-ucs-2")],
  ["OPML of an encoding that nobody knows", latin(OPML("x-milk")), OPML("x-milk")],
])("a list is read in its own encoding: %s", (_, bytes, text) => {
  expect(readListBytes(bytes)).toBe(text);
});
