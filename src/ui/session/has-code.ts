/** Whether the API refused with one of these codes. By shape, as two copies of tRPC may meet in one process. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}
