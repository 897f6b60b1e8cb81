/** The address that a Link header (RFC 8288) gives for `rel="next"`, absolute; undefined when it gives none. */
export function nextLink(header: string | undefined, baseUrl: string): string | undefined {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^<>]*)>((?:\s*;\s*[^,;"]+(?:"[^"]*")?)*)/g)) {
    const relations = /(?:^|;)\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters);
    const names = (relations?.[1] ?? relations?.[2] ?? "").toLowerCase().split(/\s+/);
    if (names.includes("next") && URL.canParse(target, baseUrl)) return new URL(target, baseUrl).href;
  }
  return undefined;
}
