/** "Tested 3 of 12.", and at the end "Tested 12: 11 work, 1 does not." */
export function testedWords(count: number, ended: number, failing: number): string {
  if (ended < count) return `Tested ${ended} of ${count}.`;
  const working = count - failing;
  return `Tested ${count}: ${working} ${working === 1 ? "works" : "work"}, ${failing} ${failing === 1 ? "does" : "do"} not.`;
}
