/**
 * For a row that goes by a button at its end: the focus goes to the same button of the next row, of the one before where it is the last, or
 * to what adds rows behind it. The browser would drop it.
 */
export function focusNeighbour(button: HTMLElement): void {
  const row = button.closest("li, [role=group]");
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  [...(neighbour?.querySelectorAll("button") ?? [])].at(-1)?.focus();
}
