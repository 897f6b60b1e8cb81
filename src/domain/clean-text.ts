/** Text that PostgreSQL stores: it refuses NUL in text and in jsonb, and surrogates that are not pairs. */
export function cleanText(text: string): string {
  return (text.includes("\u0000") ? text.replaceAll("\u0000", "") : text).toWellFormed();
}
