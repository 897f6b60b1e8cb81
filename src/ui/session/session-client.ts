import { waitWords } from "@/domain/wait-words";

/** What became of signing in or out. */
export type SessionOutcome = { ok: true } | { ok: false; message: string };

const NO_ANSWER = "The server did not answer. Check the connection and try again.";

/** The same for an unknown address and a wrong password, so that nobody learns who has an account. */
const REFUSED = "Email or password is not right. Check both and try again.";

/** Signs in; the server answers with the session cookie. */
export async function signIn(email: string, password: string): Promise<SessionOutcome> {
  const response = await post("/api/auth/sign-in/email", { email, password });
  if (!response) return { ok: false, message: NO_ANSWER };
  if (response.ok) return { ok: true };
  if (response.status === 429) return { ok: false, message: waitMessage(response.headers.get("x-retry-after")) };
  if (response.status === 403) return { ok: false, message: (await readMessage(response)) ?? REFUSED };
  if (response.status >= 500) return { ok: false, message: "The server could not check this. Try again in a minute." };
  return { ok: false, message: REFUSED };
}

/** Ends the session in this browser. */
export async function signOut(): Promise<SessionOutcome> {
  const response = await post("/api/auth/sign-out", {});
  if (!response) return { ok: false, message: NO_ANSWER };
  return response.ok ? { ok: true } : { ok: false, message: "The server did not end the session. Try again." };
}

/** "Too many tries. Try again in 4 minutes.", by the seconds that the server names. */
export function waitMessage(retryAfter: string | null): string {
  const seconds = Number(retryAfter);
  if (!retryAfter || !Number.isFinite(seconds) || seconds <= 0) return "Too many tries. Try again in a minute.";
  return `Too many tries. Try again in ${waitWords(seconds * 1000)}.`;
}

async function post(path: string, body: object): Promise<Response | null> {
  try {
    return await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    return null;
  }
}

/** The custom server says why it refuses a request of another origin. */
async function readMessage(response: Response): Promise<string | null> {
  const body: unknown = await response.json().catch(() => null);
  return typeof body === "object" && body !== null && "message" in body && typeof body.message === "string" ? body.message : null;
}
