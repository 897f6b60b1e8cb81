/**
 * A memo that can't grow without end: when it is full the oldest entry goes, whether or not it was used since. Plain
 * insertion order is enough here, because what is evicted costs microseconds to compute again.
 */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #limit: number;

  /** @param limit the most entries that are kept; at least 1. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The remembered value, or what `compute` returns now. A throwing `compute` leaves nothing behind. */
  getOrCompute(key: Key, compute: () => Value): Value {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const value = compute();
    if (this.#entries.size >= this.#limit) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(key, value);
    return value;
  }
}
