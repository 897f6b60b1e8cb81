import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Env, env as readEnv } from "@/config/env";
import { readSecret } from "@/config/secret-file";
import { describeStartError } from "@/config/start-error";
import { startEmbedded } from "@/db/embedded";
import { systemClock } from "@/domain/clock";
import { createLogger, type Logger } from "@/log/logger";
import { type ClusterSize, parseClusterArguments } from "./cluster/arguments";
import { databaseAddress } from "./cluster/database-address";
import { readMemberLine } from "./cluster/member-output";
import { type Member, planMembers } from "./cluster/plan-members";
import { type Supervisor, superviseMember } from "./cluster/supervise";
import { formatTable } from "./format-table";
import { createGracefulExit, exitOnSignals, type GracefulExit } from "./graceful-exit";

/** The members may take as long as a server of its own, and the database stops after them. */
const GIVE_UP_AFTER_MS = 90_000;
/** Many processes share the embedded server's connections. */
const POOL_SIZE = "5";
const NAME_WIDTH = 9;

type Variables = Record<string, string | undefined>;

/**
 * Runs Milkrun as several processes of this machine, against its own PostgreSQL unless DATABASE_URL names another, until a signal ends it.
 * @param args What stands behind `npm run cluster --`.
 * @param variables The environment that the processes inherit.
 */
export async function runCluster(args: readonly string[], variables: Variables): Promise<void> {
  try {
    const size = parseClusterArguments(args);
    const env = readEnv();
    const log = createLogger({ level: env.LOG_LEVEL, destination: { write: (line) => say("cluster", line.trimEnd()) } });
    const life = createGracefulExit(log, GIVE_UP_AFTER_MS);
    exitOnSignals(life, log);
    await life.start(() => start(size, env, variables, log, life));
  } catch (error) {
    process.stderr.write(`${describeStartError(error)}\n`);
    process.exit(1);
  }
}

/** database → web processes → workers; the reverse when it ends. The first process alone brings the schema up to date. */
async function start(size: ClusterSize, env: Env, variables: Variables, log: Logger, life: GracefulExit): Promise<void> {
  const shared = { DATABASE_POOL_SIZE: POOL_SIZE, ...variables, ...(await startDatabase(env, log, life)) };
  const members = planMembers({ ...size, port: env.PORT, host: env.HOST, baseUrl: variables.BASE_URL || undefined });
  const announce = createAnnouncement(members);
  const supervisors = members.map((member) => supervise(member, shared, announce.token));
  const [first, ...others] = supervisors;
  const kinds = [first ? [first] : [], others.filter((one) => isWeb(one.member)), others.filter((one) => !isWeb(one.member))];
  for (const kind of kinds) {
    life.onExit(() => Promise.all(kind.map((one) => one.stop())));
    await Promise.all(kind.map((one) => one.start()));
  }
  announce.ready(supervisors);
}

async function startDatabase(env: Env, log: Logger, life: GracefulExit): Promise<Variables> {
  const MILKRUN_SECRET = readSecret(env);
  if (env.DATABASE_URL) return { MILKRUN_SECRET };
  const embedded = await startEmbedded({ dataDir: env.MILKRUN_DATA_DIR, relocationDir: env.MILKRUN_POSTGRES_DIR, log });
  life.onExit(() => embedded.stop());
  return { MILKRUN_SECRET, DATABASE_URL: databaseAddress(embedded.connection), MIGRATION_DATABASE_URL: "" };
}

const isWeb = (member: Member) => member.roles.includes("web");

function supervise(member: Member, variables: Variables, onToken: (token: string) => void): Supervisor {
  function onLine(line: string) {
    const read = readMemberLine(line);
    if (read.kind === "setup_token") onToken(read.token);
    if (read.kind === "log") say(member.name, line);
  }
  // Built beside this file.
  const program = path.join(path.dirname(fileURLToPath(import.meta.url)), "server.mjs");
  const { monotonicMs } = systemClock;
  return superviseMember({ program, member, variables, monotonicMs, onLine, onNews: (sentence) => say(member.name, sentence) });
}

/** Each web process makes the set-up link of those before it worthless: the newest is the one to show. */
function createAnnouncement(members: readonly Member[]) {
  const address = members[0]?.variables.BASE_URL;
  let token: string | undefined;
  let isReady = false;
  const showLink = () => token && process.stdout.write(`Set it up here (the link works once): ${address}/setup?token=${token}\n\n`);
  return {
    token(newest: string) {
      token = newest;
      if (isReady) showLink();
    },
    ready(supervisors: readonly Supervisor[]) {
      isReady = true;
      const rows = supervisors.map(({ member, pid }) => [member.name, member.roles.join(", "), String(pid()), String(member.port)]);
      process.stdout.write(`\n${formatTable([["name", "roles", "process", "port"], ...rows])}\n\nMilkrun is ready: ${address}\n`);
      showLink();
    },
  };
}

function say(name: string, line: string): void {
  process.stdout.write(`${name.padEnd(NAME_WIDTH)}| ${line}\n`);
}
