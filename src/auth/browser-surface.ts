import type { BetterAuthPlugin } from "better-auth";

/** What a browser may call. Everything else that better-auth brings along is closed until a page needs it. */
const OPEN_PATHS = new Set(["/sign-in/email", "/sign-out"]);

/**
 * Narrows what browsers get to see of better-auth. Other paths answer 404: its plugins come with routes (create an
 * organization, invite, change roles) that would go past our permissions and the audit. And session tokens stay in their
 * HttpOnly cookie: better-auth repeats them in its answers, where any script could read them.
 */
export function browserSurface(): BetterAuthPlugin {
  return {
    id: "milkrun-browser-surface",
    async onRequest(request, context) {
      const basePath = new URL(context.baseURL).pathname;
      const path = new URL(request.url).pathname.slice(basePath.length);
      return OPEN_PATHS.has(path) ? undefined : { response: new Response("Not Found", { status: 404 }) };
    },
    async onResponse(response) {
      if (!response.ok || !response.headers.get("content-type")?.startsWith("application/json")) return undefined;
      const { token: _, ...rest } = (await response.json()) as { token?: string };
      const headers = new Headers(response.headers);
      headers.delete("content-length");
      return { response: new Response(JSON.stringify(rest), { status: response.status, headers }) };
    },
  };
}
