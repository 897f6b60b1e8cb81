/** A line that a server says of itself when it is ready; everything else is its log. */
export type MemberLine = { kind: "log" } | { kind: "notice" } | { kind: "setup_token"; token: string };

const SETUP_LINK = /\/setup\?token=([\w-]+)$/;

/** Tells apart what the cluster says in the place of its members, and what it passes on. */
export function readMemberLine(line: string): MemberLine {
  const token = SETUP_LINK.exec(line)?.[1];
  if (token) return { kind: "setup_token", token };
  return line === "" || line.startsWith("Milkrun is ready: ") ? { kind: "notice" } : { kind: "log" };
}
