/** The same values, of which one is fetched while the one before is being used. */
export async function* readAhead<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let coming = source.next();
  try {
    for (;;) {
      const { value, done } = await coming;
      if (done) return;
      coming = source.next();
      // Heard of in the next round, unless whoever reads has gone: then nobody asks.
      coming.catch(() => {});
      yield value as T;
    }
  } finally {
    await source.return();
  }
}
