/** The text, or its beginning with a sign that it goes on: `most` characters at most, and never half of one. */
export function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
