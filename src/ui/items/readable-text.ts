/** Elements that a text is written with; a value with others may be about markup, or be meant to do harm, and stays as it is. */
const FORMATTED = /<(p|br|div|a|ul|ol|li|h[1-6]|b|i|em|strong|span|img|table|blockquote|pre|code)(\s[^<>]*)?\/?>/i;
const UNSEEN = /<(script|style|template|head)\b[\s\S]*?(<\/\1\s*>|$)/gi;
const BREAKS = /<(br|\/?(p|div|ul|ol|h[1-6]|table|tr|blockquote|pre))(\s[^<>]*)?\/?>/gi;
const BULLET = /<li(\s[^<>]*)?>/gi;
const TAG = /<\/?[a-z][^<>]*>|<!--[\s\S]*?-->/gi;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Whether a value is a formatted text, as sites put into their feeds and answers. */
export function isFormatted(text: string): boolean {
  return FORMATTED.test(text);
}

/**
 * What a formatted text says, as plain text with its paragraphs and lists. It is shown as text and never as a page, so whatever this leaves
 * standing does nothing; images, scripts and links are gone.
 */
export function readableText(html: string): string {
  const text = html.replace(UNSEEN, "").replace(/\s+/g, " ").replace(BULLET, "\n• ").replace(BREAKS, "\n").replace(TAG, "");
  return decode(text)
    .replace(/ *\n */g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name) return NAMED[name.toLowerCase()] ?? entity;
    const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
