import { shareApiEnvironment } from "@/api/environment";
import { type Auth, createAuth, shareAuth } from "@/auth/auth";
import { shareDatabase } from "@/db/client";
import type { ApiWorld } from "./api-world";
import { silentLog } from "./silent-log";

/** Makes this world the one that requests to this process are answered from. Returns what signs people in there. */
export function shareApiWorld(world: ApiWorld): Auth {
  const { db, settings } = world.context(null);
  const auth = createAuth({ db, secret: "a secret of at least 32 characters, for tests", baseUrl: settings.baseUrl, log: silentLog });
  shareDatabase(db);
  shareAuth(auth);
  shareApiEnvironment(world.context(null));
  return auth;
}
