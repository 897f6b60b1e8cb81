/** Steps of the keys that go through what is laid out in a line or a grid; `Home` and `End` go to its ends. */
type KeySteps = Readonly<Partial<Record<string, number>>>;

/** What of a keyboard event says which keys are down. */
interface PressedKey {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

/**
 * Where a key leads from `index` among `count` things; null when it leads nowhere, as it does at the ends and with Alt, Ctrl or Cmd, which
 * make it the browser's: Alt and the left arrow go back.
 * @param steps How far each key goes; `Infinity` to the end in its direction.
 */
export function moveWithin({ key, altKey, ctrlKey, metaKey }: PressedKey, index: number, count: number, steps: KeySteps): number | null {
  const step = steps[key];
  if (step === undefined || altKey || ctrlKey || metaKey) return null;
  const next = Number.isFinite(step) ? index + step : step < 0 ? 0 : count - 1;
  return next >= 0 && next < count && next !== index ? next : null;
}
