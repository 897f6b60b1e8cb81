/** The same for all ways to write one address: sources with the same key ask the site for the same. */
export function addressKey(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.hash = "";
  return url.href;
}
