import type { Mailer } from "@/domain/mail";
import type { Logger } from "@/log/logger";

/** The operator's settings that the API needs. */
export interface ApiSettings {
  /** The address that people type, without a slash at the end. */
  baseUrl: string;
  version: string;
  /** Time limit of a run whose schedule sets none. */
  runLimitMs: number;
  /** The shortest time between two slots that a schedule may ask for. */
  minimumSpacingMs: number;
  /** Runs that ended more days ago are deleted, and all but the newest `count` of each organization. */
  runRetention: { days: number; count: number };
}

/** What the API takes from the server besides the database and the auth instance. */
export interface ApiEnvironment {
  log: Pick<Logger, "error" | "warn">;
  settings: ApiSettings;
  /** Null when the operator has set up no mail server. */
  mailer: Mailer | null;
}

// The custom server and Next's bundles hold separate copies of every module; globalThis is all they share.
const KEY = Symbol.for("milkrun.api");
const store = globalThis as { [KEY]?: ApiEnvironment };

/** Makes the server's log and settings available to the route handlers of the same process. */
export function shareApiEnvironment(environment: ApiEnvironment): void {
  store[KEY] = environment;
}

/** What the server shared. Call it inside functions: while Next builds there is none. */
export function sharedApiEnvironment(): ApiEnvironment {
  const environment = store[KEY];
  if (!environment) throw new Error("The API is used before the server shared its log and settings.");
  return environment;
}
