/** Whether a reader says that it has what this tag names (RFC 9110, section 13.1.2); null where it names none. */
export function knowsTag(headers: Headers, etag: string): boolean | null {
  const tags = headers.get("if-none-match");
  if (tags === null) return null;
  return tags.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag || tag.trim() === "*");
}
