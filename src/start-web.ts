import { createServer, type RequestListener } from "node:http";
import next from "next";
import { shareApiEnvironment } from "@/api/environment";
import { createAuth, shareAuth } from "@/auth/auth";
import { claimForFirstOwner } from "@/auth/first-owner";
import { ensureSetupToken } from "@/auth/setup-token";
import type { Env } from "@/config/env";
import { readSecret } from "@/config/secret-file";
import { type Database, shareDatabase } from "@/db/client";
import type { HealthOptions } from "./health-listener";
import type { OpenProcess } from "./open-process";
import { createRequestGuard } from "./request-guard";
import { apiSettings, createMailer } from "./server-options";

/** The pages' part of a process, under way. */
export interface Pages {
  /** Resolves when requests can be served; the listener is for the server that listens. */
  open(process: OpenProcess, health: HealthOptions): Promise<RequestListener>;
}

/** Begins to prepare Next, which compiles while the database starts. What goes wrong with it is thrown by `open`. */
export function preparePages({ development, PORT: port }: Env): Pages {
  // Next's upgrade listener goes to a server that never listens, except for reloading.
  const app = next({ dev: development, hostname: "localhost", port, ...(development ? {} : { httpServer: createServer() }) });
  const prepared = app.prepare();
  prepared.catch(() => {}); // awaited by open, after what may fail before it

  return {
    async open({ env, log, db, life }, health) {
      shareDatabase(db);
      shareAuth(createAuth({ db, secret: readSecret(env), baseUrl: env.BASE_URL, log }));
      shareApiEnvironment({ log, settings: apiSettings(env), mailer: createMailer(env) });
      if (await claimForFirstOwner(db, env)) log.info("Milkrun is set up for the owner that the settings name");
      await prepared;
      life.onExit(() => app.close());
      const handle = app.getRequestHandler();
      const { BASE_URL: baseUrl, TRUST_PROXY: trustProxy } = env;
      return createRequestGuard({ ...health, baseUrl, trustProxy, development, next: (request, response) => void handle(request, response) });
    },
  };
}

/** Says where the pages are and, until somebody has claimed the installation, how to do that. */
export async function announcePages(baseUrl: string, db: Database): Promise<void> {
  const token = await ensureSetupToken(db);
  process.stdout.write(`\nMilkrun is ready: ${baseUrl}\n`);
  if (token) process.stdout.write(`Set it up here (the link works once): ${baseUrl}/setup?token=${token}\n`);
  process.stdout.write("\n");
}
