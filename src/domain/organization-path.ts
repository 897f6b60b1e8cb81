const pathOf = (organizationId: string) => `/organizations/${organizationId}`;

/** The path of a page for people who may be working in another organization of theirs: it asks them first, and is the page itself for others. */
export function organizationPath(organizationId: string, path: string): string {
  return pathOf(organizationId) + path;
}

/** The page that such a path is about, with its query; null for any other path. */
export function pageWithin(requestPath: string, organizationId: string): string | null {
  const before = pathOf(organizationId);
  return requestPath.startsWith(`${before}/`) ? requestPath.slice(before.length) : null;
}
