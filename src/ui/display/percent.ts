/** A share, 0 to 1, as a style sheet takes it: "12.5%". What lies beyond is cut. */
export function percent(share: number): string {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100_000) / 1_000}%`;
}
