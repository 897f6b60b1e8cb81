import path from "node:path";
import { fileURLToPath } from "node:url";
import type { ApiSettings } from "@/api/environment";
import type { CollectorRuntimeOptions } from "@/collectors/collect";
import type { Env } from "@/config/env";
import type { Mailer } from "@/domain/mail";
import { createSmtpMailer } from "@/notifications/smtp";
import manifest from "../package.json";

const MINUTE_MS = 60_000;

/** What the API is told of the settings. */
export function apiSettings(env: Env): ApiSettings {
  return {
    baseUrl: env.BASE_URL,
    version: manifest.version,
    runLimitMs: env.RUN_LIMIT_MINUTES * MINUTE_MS,
    minimumSpacingMs: env.MINIMUM_SPACING_MINUTES * MINUTE_MS,
    runRetention: { days: env.RUN_RETENTION_DAYS, count: env.RUN_RETENTION_COUNT },
  };
}

/** What the collectors are told of the settings. */
export function collectorOptions(env: Env): Omit<CollectorRuntimeOptions, "manners"> {
  return {
    // Milkrun serves its own samples, and nothing else of its own is to be fetched.
    policy: { allowCidrs: env.FETCH_ALLOW_CIDRS, allowPorts: env.FETCH_ALLOW_PORTS, allowPrefixes: [`${env.BASE_URL}/samples/`] },
    // Built beside the server.
    sandbox: {
      childPath: path.join(path.dirname(fileURLToPath(import.meta.url)), "sandbox-child.mjs"),
      // One for any organization: hostile documents hold back those of their own, and of others only while there are more of their kind than processes.
      size: env.WORKER_CONCURRENCY,
      share: 1,
    },
    userAgent: `Milkrun/${manifest.version}${env.FETCH_CONTACT ? ` (+${env.FETCH_CONTACT})` : ""}`,
  };
}

/** Sends through the operator's mail server; null when the settings name none. */
export function createMailer(env: Env): Mailer | null {
  if (!env.SMTP_URL) return null;
  return createSmtpMailer({ url: env.SMTP_URL, from: env.MAIL_FROM ?? `Milkrun <milkrun@${new URL(env.BASE_URL).hostname}>` });
}
