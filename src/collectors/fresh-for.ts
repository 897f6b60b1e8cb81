/**
 * For how long an answer stays good by its own words, in milliseconds: `Cache-Control: max-age` less `Age`, or else `Expires` by the site's
 * clock (RFC 9111, section 4.2.1). Undefined where it says nothing, or that it is good for this moment only.
 */
export function freshForMs(header: (name: string) => string | undefined): number | undefined {
  const cacheControl = header("cache-control")?.toLowerCase() ?? "";
  if (/\bno-(?:store|cache)\b/.test(cacheControl)) return undefined;
  const stated = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})/.exec(cacheControl)?.[1];
  const ms = stated === undefined ? untilExpiry(header("expires"), header("date")) : Number(stated) * 1_000 - ageMs(header("age"));
  return ms > 0 ? ms : undefined;
}

function ageMs(age: string | undefined): number {
  return /^\d{1,10}$/.test(age ?? "") ? Number(age) * 1_000 : 0;
}

/** Sites write `0` or `-1` for "at once", which is no date, and means the same as none. */
function untilExpiry(expires: string | undefined, date: string | undefined): number {
  const [until, from] = [Date.parse(expires ?? ""), Date.parse(date ?? "")];
  return Number.isNaN(until - from) ? 0 : until - from;
}
