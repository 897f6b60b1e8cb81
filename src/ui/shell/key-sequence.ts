/** Keys that a person presses alone, or one after the other, without Ctrl, Alt or ⌘. */
export interface KeySequence {
  keys: readonly [string] | readonly [string, string];
}

/** The first key of two, waiting for the second. */
export interface PendingKey {
  key: string;
  atMs: number;
}

/** A key as it went down. */
export interface KeyPress {
  /** As the layout gives it, so that "?" is one key wherever it is. */
  key: string;
  /** With Ctrl, Alt or ⌘; Shift does not count, as some layouts need it for "?". */
  isModified: boolean;
  /** Into a field, or where letters choose something: a menu, a list, a dialog. */
  isTaken: boolean;
  atMs: number;
}

/** The second key of two has to follow within this time (1.5 s). */
const SECOND_KEY_MS = 1_500;

/**
 * Which sequence a key press completes, and what waits for a second key afterwards. A key that continues nothing may begin anew.
 */
export function matchKey<Sequence extends KeySequence>(
  sequences: readonly Sequence[],
  pending: PendingKey | null,
  press: KeyPress,
): { completed: Sequence | null; pending: PendingKey | null } {
  const { key, atMs } = press;
  if (press.isModified || press.isTaken) return { completed: null, pending: null };
  // Shift goes down before the key that it is meant for.
  if (key === "Shift") return { completed: null, pending };
  const first = pending && atMs - pending.atMs <= SECOND_KEY_MS ? pending.key : null;
  const second = sequences.find(({ keys }) => first !== null && keys[0] === first && keys[1] === key);
  if (second) return { completed: second, pending: null };
  const alone = sequences.find(({ keys }) => keys.length === 1 && keys[0] === key);
  if (alone) return { completed: alone, pending: null };
  const begins = sequences.some(({ keys }) => keys.length === 2 && keys[0] === key);
  return { completed: null, pending: begins ? { key, atMs } : null };
}
