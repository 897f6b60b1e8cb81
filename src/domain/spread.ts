const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a, 32 bits: the same everywhere and for ever, so that an organization keeps its moment. */
function hash(text: string): number {
  let value = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), FNV_PRIME);
  return value >>> 0;
}

/** An organization's share of the spread: how much after each slot it is dispatched, in whole seconds below `spreadMs`. In milliseconds. */
export function spreadOffsetMs(orgId: string, spreadMs: number): number {
  const seconds = Math.floor(spreadMs / 1000);
  return seconds === 0 ? 0 : (hash(orgId) % seconds) * 1000;
}

/** When a slot of this organization is dispatched. */
export function dueAtOf(slotAt: Date | null, orgId: string, spreadMs: number): Date | null {
  return slotAt && new Date(slotAt.getTime() + spreadOffsetMs(orgId, spreadMs));
}
