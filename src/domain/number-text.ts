/**
 * A number as `String` writes it. But what `String` makes of a number with a fraction V8 keeps in its long-lived memory, 40 bytes for each,
 * until it goes through all of it; this text is gone as soon as it was used.
 */
export function numberText(value: number): string {
  return Number.isFinite(value) ? JSON.stringify(value) : String(value);
}
