/** The text of bytes that are UTF-8 with nothing damaged; undefined for others. */
export function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-8 with a few damaged characters is still UTF-8; text in which most are damaged is something else, and undefined. */
export function readUtf8(bytes: Uint8Array): string | undefined {
  const strict = strictUtf8(bytes);
  if (strict !== undefined) return strict;
  const lenient = new TextDecoder("utf-8").decode(bytes);
  const damaged = lenient.match(/\uFFFD/g)?.length ?? 0;
  const intact = lenient.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  return intact > damaged ? lenient : undefined;
}
