/** Elements that a text is written with; a value with others may be about markup, or be meant to do harm, and stays as it is. */
const FORMATTED = /<(p|br|div|a|ul|ol|li|dl|h[1-6]|b|i|em|strong|span|img|figure|table|blockquote|pre|code)(\s[^<>]*)?\/?>/i;

/** Whether a value is a formatted text, as sites put into their feeds and answers. */
export function isFormatted(text: string): boolean {
  return FORMATTED.test(text);
}
