import { decodeText } from "@/collectors/decode-text";
import type { FetchedPage } from "@/collectors/fetch-page";
import type { TestExchange } from "@/domain/source-test";

/** Enough for most pages of an API; kept for as long as the test. */
const SHOWN_BYTES = 500_000;

/**
 * A request and its answer, for whoever tests a source to look at.
 * @param headers names of the source's own
 */
export function describeExchange(url: string, page: FetchedPage, headers: string[]): TestExchange {
  const { status, redirects, finalUrl, contentType = null, wireBytes, durationMs, body } = page;
  const text = decodeText(wholeCharacters(body, SHOWN_BYTES), page.contentType, "html");
  return {
    ...{ url, headers, status, redirects, finalUrl, contentType, wireBytes, durationMs: Math.round(durationMs) },
    body: storable(text),
    isCut: body.length > SHOWN_BYTES,
  };
}

/** The beginning, not ending within a character of UTF-8: the whole would be taken for another charset. */
function wholeCharacters(bytes: Uint8Array, most: number): Uint8Array {
  if (bytes.length <= most) return bytes;
  let end = most;
  while (end > most - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

/** PostgreSQL stores no NUL and no half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll("\u0000", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}
