import { z } from "zod";
import { parseEncryptionKeys } from "./encryption-keys";

interface Setting<T extends z.ZodType> {
  schema: T;
  /** As a person would write it; absent when the setting is optional. */
  default?: string;
  /** Completes the sentence "it must be …". */
  expects: string;
  description: string;
  /** The value is never repeated in a message. */
  secret?: boolean;
}

/** What a process can do, in the order in which it starts. */
const ROLES = ["web", "scheduler", "worker"] as const;
export type Role = (typeof ROLES)[number];

const setting = <T extends z.ZodType>(value: Setting<T>) => value;

const wholeNumber = (minimum: number, maximum: number) => z.coerce.number<string>().int().min(minimum).max(maximum);

const listOf = <T extends z.ZodType<unknown, string>>(entry: T) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== ""),
    )
    .pipe(z.array(entry));

/** `user@/database?host=/folder`, the usual way to name a socket, has no host for a URL parser to find. */
const databaseUrl = z.string().refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text.replace("@/", "@localhost/")));
const DATABASE_URL_EXPECTS = "an address like postgresql://user:password@host:5432/database (special characters in the password percent-encoded)";

const webAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => URL.canParse(text) && new URL(text).pathname === "/" && !text.includes("?") && !text.includes("#"))
  .transform((text) => new URL(text).origin);

const smtpUrl = z.string().refine((text) => /^smtps?:$/.test(protocolOf(text)) && new URL(text).hostname !== "");
const protocolOf = (text: string) => (URL.canParse(text) ? new URL(text).protocol : "");

/** Every setting of Milkrun. `.env.example` is held against this table by a test. */
export const settings = {
  PORT: setting({
    schema: wholeNumber(1, 65_535),
    default: "3000",
    expects: "a port number from 1 to 65535",
    description: "The port that Milkrun listens on.",
  }),
  HOST: setting({
    schema: z.string().regex(/^[\w.:-]+$/),
    default: "127.0.0.1",
    expects: "an address of this machine, for instance 127.0.0.1 or 0.0.0.0",
    description: "The address that Milkrun listens on. The default is reachable from this machine only; 0.0.0.0 is reachable from the network.",
  }),
  BASE_URL: setting({
    schema: webAddress.optional(),
    expects: "the address that people type, without a path, for instance https://milkrun.example.org",
    description:
      "The address that people open in the browser, for links and for the origin check. When left out: http://localhost and PORT, with HOST in place of localhost where that is the only address listened on.",
  }),
  DATABASE_URL: setting({
    schema: databaseUrl.optional(),
    expects: DATABASE_URL_EXPECTS,
    description: "A PostgreSQL 15 to 18 server to use. When left out, Milkrun runs its own PostgreSQL under MILKRUN_DATA_DIR.",
    secret: true,
  }),
  MIGRATION_DATABASE_URL: setting({
    schema: databaseUrl.optional(),
    expects: DATABASE_URL_EXPECTS,
    description: "The same database as its owner, when DATABASE_URL names a role without the right to migrate.",
    secret: true,
  }),
  DATABASE_POOL_SIZE: setting({
    schema: wholeNumber(2, 200),
    default: "10",
    expects: "a whole number from 2 to 200",
    description: "How many database connections the pages and the API may hold; the scheduler and the worker hold a few more.",
  }),
  MILKRUN_DATA_DIR: setting({
    schema: z.string().min(1),
    default: ".data",
    expects: "a folder",
    description: "Where Milkrun keeps its own PostgreSQL and its generated secrets. Relative to the project's folder.",
  }),
  MILKRUN_POSTGRES_DIR: setting({
    schema: z.string().startsWith("/"),
    default: "/var/lib/milkrun",
    expects: "an absolute path",
    description: "Where PostgreSQL's files go instead when Milkrun runs as root in a folder that only root can enter.",
  }),
  MILKRUN_SECRET: setting({
    schema: z.string().min(32).optional(),
    expects: "at least 32 characters, the same on every machine",
    description: "Signs sessions. When left out, one is generated in MILKRUN_DATA_DIR/secret.",
    secret: true,
  }),
  MILKRUN_ENCRYPTION_KEYS: setting({
    schema: z
      .string()
      .refine((text) => parseEncryptionKeys(text) !== null)
      .transform((text) => parseEncryptionKeys(text) ?? [])
      .optional(),
    expects: "keys like id:key separated by commas, the current one first and each 32 bytes in base64, the same on every machine",
    description: "Encrypt the headers of sources. When left out, they are in the file of MILKRUN_ENCRYPTION_KEYS_FILE.",
    secret: true,
  }),
  MILKRUN_ENCRYPTION_KEYS_FILE: setting({
    schema: z.string().optional(),
    expects: "a file with one id:key a line",
    description: "Where the encryption keys are kept. When left out: MILKRUN_DATA_DIR/encryption-keys. A key is generated when there is none.",
  }),
  TRUST_PROXY: setting({
    schema: z.enum(["0", "1", "false", "true"]).transform((text) => text === "1" || text === "true"),
    default: "0",
    expects: "0 or 1",
    description: "Set to 1 behind a reverse proxy that appends the address it sees to X-Forwarded-For; otherwise the header is discarded.",
  }),
  LOG_LEVEL: setting({
    schema: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]),
    default: "info",
    expects: "trace, debug, info, warn, error, fatal or silent",
    description: "The least important log lines to write.",
  }),
  FETCH_ALLOW_CIDRS: setting({
    schema: listOf(z.union([z.cidrv4(), z.cidrv6()])),
    default: "",
    expects: "networks separated by commas, for instance 192.168.1.0/24,fd00::/8",
    description: "Private networks that sources may be on. Everything but the public internet is refused otherwise.",
  }),
  FETCH_ALLOW_PORTS: setting({
    schema: listOf(wholeNumber(1, 65_535)),
    default: "",
    expects: "port numbers separated by commas",
    description: "Ports that sources may use besides 80, 443, 8080 and 8443.",
  }),
  FETCH_CONTACT: setting({
    schema: z
      .string()
      .regex(/^[\x21-\x7e]+$/)
      .optional(),
    expects: "an e-mail or web address without spaces",
    description: "Named in the User-Agent of every request, so that the owner of a source can reach you.",
  }),
  FETCH_SPACING_MS: setting({
    schema: wholeNumber(0, 60_000),
    default: "1000",
    expects: "a whole number of milliseconds from 0 to 60000",
    description: "The pause after a request to a host before the next one, of all processes together. They are made one at a time in any case.",
  }),
  WORKER_CONCURRENCY: setting({
    schema: wholeNumber(1, 100),
    default: "4",
    expects: "a whole number from 1 to 100",
    description:
      "How much this process collects at the same time: four sources for each. All runs share it in turn; one that waits for a site needs none of it.",
  }),
  RUN_LIMIT_MINUTES: setting({
    schema: wholeNumber(1, 1440),
    default: "15",
    expects: "a whole number of minutes from 1 to 1440",
    description: "A run that takes longer is ended.",
  }),
  MINIMUM_SPACING_MINUTES: setting({
    schema: wholeNumber(1, 1440),
    default: "1",
    expects: "a whole number of minutes from 1 to 1440",
    description: "The shortest time between two runs that a schedule may ask for.",
  }),
  MILKRUN_ROLES: setting({
    schema: listOf(z.enum(ROLES))
      .refine((roles) => roles.length > 0)
      .transform((roles) => ROLES.filter((role) => roles.includes(role))),
    default: ROLES.join(","),
    expects: `one or more of ${ROLES.join(", ")}, separated by commas`,
    description: "What this process does: serve the pages, dispatch slots, work on runs. Any number of processes may have any of them.",
  }),
  RUN_RETENTION_DAYS: setting({
    schema: wholeNumber(1, 36_500),
    default: "90",
    expects: "a whole number of days from 1 to 36500",
    description: "Runs that ended longer ago are deleted. Items are kept.",
  }),
  RUN_RETENTION_COUNT: setting({
    schema: wholeNumber(100, 10_000_000),
    default: "10000",
    expects: "a whole number from 100 to 10000000",
    description: "How many of its runs each organization keeps; older ones are deleted.",
  }),
  METRICS_TOKEN: setting({
    schema: z.string().min(16).optional(),
    expects: "at least 16 characters",
    description: "Whoever sends it as a bearer token may read /metrics. When left out, only this machine may.",
    secret: true,
  }),
  SMTP_URL: setting({
    schema: smtpUrl.optional(),
    expects: "an address like smtp://user:password@mail.example.org:587 or smtps://… (special characters in the password percent-encoded)",
    description: "The mail server that Milkrun sends through. When left out it sends no mail, and pages show links to pass on instead.",
    secret: true,
  }),
  MAIL_FROM: setting({
    schema: z
      .string()
      .regex(/^([^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/)
      .optional(),
    expects: "an e-mail address, with or without a name: Milkrun <milkrun@example.org>",
    description: "The sender of mails. When left out: milkrun@ and the host of BASE_URL.",
  }),
  MILKRUN_OWNER_EMAIL: setting({
    schema: z.email().optional(),
    expects: "an e-mail address",
    description: "Sets up a new Milkrun without a browser: the first owner. Needs a password below. Without effect once Milkrun is set up.",
  }),
  MILKRUN_OWNER_PASSWORD: setting({
    schema: z.string().optional(),
    expects: "a password of 10 to 128 characters",
    description: "The first owner's password.",
    secret: true,
  }),
  MILKRUN_OWNER_PASSWORD_FILE: setting({
    schema: z.string().optional(),
    expects: "a file that this process can read",
    description: "A file that holds the first owner's password, instead of MILKRUN_OWNER_PASSWORD.",
  }),
  MILKRUN_ORGANIZATION: setting({
    schema: z.string(),
    default: "My organization",
    expects: "a name of up to 120 characters",
    description: "The name of the first owner's organization.",
  }),
  MILKRUN_TIME_ZONE: setting({
    schema: z.string(),
    default: "UTC",
    expects: "an IANA time zone, for instance Europe/Berlin",
    description: "The time zone of the first owner's organization.",
  }),
};
