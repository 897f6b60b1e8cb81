const LONGEST_SAMPLE = 80;

/** A name that a further field may have, made of what a page calls its value. Some names are reserved. */
export function fieldNameOf(text: string): string {
  return text
    .replace(/\W+/g, "_")
    .replace(/^(?=\d)/, "_")
    .slice(0, 40)
    .replace(/^(?:__proto__|constructor|prototype)$/, "$&_");
}

/** As much of a value as is shown beside its button. */
export function shortened(text: string): string {
  return text.length > LONGEST_SAMPLE ? `${text.slice(0, LONGEST_SAMPLE)}…` : text;
}
