/** For inputs that take code, which is not language: no capitals, no corrections, no red lines, letters of one width. */
export const CODE_INPUT = {
  autoCapitalize: "none",
  autoCorrect: "off",
  spellCheck: false,
  styles: { input: { fontFamily: "var(--mantine-font-family-monospace)" } },
} as const;
