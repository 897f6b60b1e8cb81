interface Named {
  id: string;
  name: string;
}

/**
 * Choices of a filter by name; what is chosen and not (or no longer) among them still shows as a choice, as `missing`. Undefined while they
 * are being loaded.
 */
export function optionsOf(named: readonly Named[] | undefined, chosen: string | undefined, missing: string): { value: string; label: string }[] {
  if (!named) return chosen === undefined ? [] : [{ value: chosen, label: "Loading…" }];
  const options = named.map(({ id, name }) => ({ value: id, label: name }));
  const isMissing = chosen !== undefined && !named.some(({ id }) => id === chosen);
  return isMissing ? [...options, { value: chosen, label: missing }] : options;
}
