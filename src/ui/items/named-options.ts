/** Choices of a filter by name; what is chosen and was deleted since still shows as a choice. */
export function optionsOf(named: readonly { id: string; name: string }[], chosen: string | undefined, deleted: string): { value: string; label: string }[] {
  const options = named.map(({ id, name }) => ({ value: id, label: name }));
  const isGone = chosen !== undefined && !named.some(({ id }) => id === chosen);
  return isGone ? [...options, { value: chosen, label: deleted }] : options;
}
