/** What came of ending one's other sessions. */
export function endedWords(endedSessions: number): string {
  if (endedSessions === 0) return "You were signed in nowhere else.";
  return endedSessions === 1 ? "You were signed out of 1 other session." : `You were signed out of ${endedSessions} other sessions.`;
}
