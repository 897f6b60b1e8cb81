const HOME = "/schedule";

/** Any origin will do: it only shows whether a path stays on it. */
const ANY_ORIGIN = "http://milkrun.invalid";

/**
 * Where to go after signing in: `next`, if it is a page of this site, else the schedule. It comes from the address bar, so whoever
 * makes a link chooses it; `//evil.example`, `/\evil.example` and `javascript:` must not lead away.
 */
export function safeNextPath(next: string | null | undefined): string {
  if (!next?.startsWith("/") || !URL.canParse(next, ANY_ORIGIN)) return HOME;
  const url = new URL(next, ANY_ORIGIN);
  // Next's mark on a request for a page's data.
  if (url.searchParams.has("_rsc")) url.searchParams.delete("_rsc");
  const isPage = url.origin === ANY_ORIGIN && !url.pathname.startsWith("//") && !/^\/(api|sign-in|setup|reset|forgot-password)(\/|$)/.test(url.pathname);
  return isPage && url.pathname !== "/" ? url.pathname + url.search + url.hash : HOME;
}

/** The sign-in page, which afterwards leads to `path`. */
export function signInPath(path: string | null | undefined): string {
  const next = safeNextPath(path);
  return next === HOME ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
