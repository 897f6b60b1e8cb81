import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type { Database } from "@/db/client";
import { countedAddress } from "./counted-address";
import { forgiveSignInAttempt, type SignInAttempt, takeSignInAttempt } from "./sign-in-attempts";

const isSignIn = ({ path }: { path?: string }) => path === "/sign-in/email";

/** Limits the guesses at each account, whoever makes them, besides better-auth's own limit for each address. */
export function signInLimit(db: Database): BetterAuthPlugin {
  return {
    id: "milkrun-sign-in-limit",
    hooks: {
      before: [{ matcher: isSignIn, handler: createAuthMiddleware(async ({ body, headers }) => refuseGuess(db, readAttempt(body, headers))) }],
      after: [
        {
          matcher: isSignIn,
          handler: createAuthMiddleware(async ({ body, headers, context }) => {
            const attempt = readAttempt(body, headers);
            if (attempt && context.newSession) await forgiveSignInAttempt(db, attempt, context.newSession.session.id);
          }),
        },
      ],
    },
  };
}

/** Null for what better-auth refuses without looking at a password. */
function readAttempt(body: unknown, headers: Headers | undefined): SignInAttempt | null {
  if (typeof body !== "object" || body === null || !("email" in body) || typeof body.email !== "string") return null;
  return { email: body.email.toLowerCase(), address: countedAddress(headers ?? new Headers()) };
}

async function refuseGuess(db: Database, attempt: SignInAttempt | null): Promise<void> {
  const waitMs = attempt ? await takeSignInAttempt(db, attempt) : 0;
  if (waitMs === 0) return;
  const seconds = String(Math.ceil(waitMs / 1000));
  throw new APIError("TOO_MANY_REQUESTS", { message: "Too many tries. Wait and try again." }, { "x-retry-after": seconds });
}
