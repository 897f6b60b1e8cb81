import { randomUUID } from "node:crypto";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { organization } from "better-auth/plugins";
import type { Database } from "@/db/client";
import { findFirstOrganizationId } from "@/db/members";
import { MINIMUM_PASSWORD_LENGTH } from "@/domain/setup";
import { browserSurface } from "./browser-surface";
import { IP_ADDRESS } from "./counted-address";
import { rateLimitStorage } from "./rate-limit-storage";
import { signInLimit } from "./sign-in-limit";
import { trustedOrigins } from "./trusted-origins";

/** In seconds, as better-auth counts: a quarter of an hour. */
const RENEW_AFTER_S = 900;

/** Where better-auth's own messages go. */
export interface AuthLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

interface AuthOptions {
  db: Database;
  /** Signs the session cookies: at least 32 characters, the same on every machine. */
  secret: string;
  /** The address that people type. Cookies are `Secure` exactly when it starts with https. */
  baseUrl: string;
  log: AuthLog;
}

/**
 * People and sessions: e-mail and password, no open registration; accounts come from the set-up claim.
 * The client's address is taken from X-Forwarded-For, which the request guard sets anew.
 */
export function createAuth({ db, secret, baseUrl, log }: AuthOptions) {
  return betterAuth({
    appName: "Milkrun",
    secret,
    baseURL: baseUrl,
    trustedOrigins: trustedOrigins(baseUrl),
    telemetry: { enabled: false },
    // No level: naming one makes better-auth repeat refusals on the console, past this log.
    logger: { log: (level, message) => (level === "error" ? log.error : log.warn).call(log, { from: "better-auth" }, message) },
    database: prismaAdapter(db.system, { provider: "postgresql", transaction: true }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: MINIMUM_PASSWORD_LENGTH },
    // Renewed that often at most, which is also how exactly one sees when it was used last.
    session: { updateAge: RENEW_AFTER_S },
    rateLimit: { enabled: true, customStorage: rateLimitStorage(db) },
    advanced: {
      cookiePrefix: "milkrun",
      // Said out loud, as better-auth leaves these checks out by itself under a test runner.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: baseUrl.startsWith("https://"),
      database: { generateId: () => randomUUID() },
      ipAddress: IP_ADDRESS,
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({ data: { ...session, activeOrganizationId: await findFirstOrganizationId(db.system, session.userId) } }),
        },
      },
    },
    plugins: [organization({ allowUserToCreateOrganization: false }), browserSurface(), signInLimit(db)],
  });
}

export type Auth = ReturnType<typeof createAuth>;

// The custom server and Next's bundles hold separate copies of every module; globalThis is all they share.
const KEY = Symbol.for("milkrun.auth");
const store = globalThis as { [KEY]?: Auth };

/** Makes the server's auth instance available to the route handlers of the same process. */
export function shareAuth(auth: Auth): void {
  store[KEY] = auth;
}

/** The auth instance that the server made. Call it inside functions: while Next builds there is none. */
export function sharedAuth(): Auth {
  const auth = store[KEY];
  if (!auth) throw new Error("The auth instance is used before the server made it.");
  return auth;
}
