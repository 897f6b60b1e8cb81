import { createHash, createHmac } from "node:crypto";
import pg from "pg";
import { StartError } from "@/config/start-error";
import { errorCode, withClient } from "./connect";
import { scramVerifier } from "./scram-verifier";

const LONGEST_NAME = 63;

/** A login that can neither own, migrate nor bypass row-level security. */
export interface AppLogin {
  user: string;
  password: string;
}

/**
 * The login that Milkrun works as on a database. The password follows from the installation's secret, so that several
 * machines that share the secret agree on it without storing it.
 */
export function deriveAppLogin(database: string, secret: string): AppLogin {
  const password = createHmac("sha256", secret).update(`milkrun app role ${database}`).digest("base64url");
  return { user: appRoleName(database), password };
}

/** `<database>_app`; long names are cut and told apart by a hash. */
function appRoleName(database: string): string {
  const name = `${database}_app`;
  if (Buffer.byteLength(name) <= LONGEST_NAME) return name;
  const hash = createHash("sha256").update(database).digest("hex").slice(0, 8);
  return `${database.replace(/[^\x20-\x7e]/g, "_").slice(0, 50)}_${hash}_app`;
}

/**
 * Makes the role, or gives it the expected password when a login with it fails.
 * @param client As the owner or a superuser.
 * @param connection How the app will connect.
 * @throws StartError when the owner may not make roles.
 */
export async function ensureAppRole(client: pg.Client, login: AppLogin, connection: pg.ClientConfig): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_roles where rolname = $1", [login.user]);
  if (rowCount && (await canLogIn(connection))) return;
  const role = pg.escapeIdentifier(login.user);
  const password = pg.escapeLiteral(scramVerifier(login.password));
  const statement = rowCount
    ? `alter role ${role} login password ${password}`
    : `create role ${role} login password ${password} nosuperuser nocreatedb nocreaterole nobypassrls noreplication noinherit`;
  try {
    await client.query(statement);
  } catch (error) {
    throw errorCode(error) === "42501" ? await explainMissingRight(client, login.user, Boolean(rowCount)) : error;
  }
}

async function canLogIn(connection: pg.ClientConfig): Promise<boolean> {
  try {
    return await withClient(connection, () => Promise.resolve(true));
  } catch (error) {
    // Only a wrong password is cured by setting it; whatever else is wrong shows when the app connects.
    return errorCode(error) !== "28P01";
  }
}

async function explainMissingRight(client: pg.Client, role: string, exists: boolean): Promise<StartError> {
  const { rows } = await client.query<{ user: string }>("select current_user as user");
  const user = pg.escapeIdentifier(rows[0]?.user ?? "");
  const what = exists ? `set the password of the role ${role}` : `create the restricted role ${role}`;
  const byHand = `${exists ? "ALTER" : "CREATE"} ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD '…'`;
  return new StartError(
    `The database user ${user} may not ${what} that Milkrun works as. As an administrator run either ALTER ROLE ${user} CREATEROLE; ` +
      `or ${byHand}; and then set DATABASE_URL to that role and MIGRATION_DATABASE_URL to ${user}.`,
  );
}

/**
 * Gives the role what the app needs and no more; safe to repeat. New tables get the same by default privileges.
 * @param client As the owner, under the migration lock.
 */
export async function grantToApp(client: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const { rows } = await client.query<{ database: string }>("select quote_ident(current_database()) as database");
  // In one transaction, as the audit trail must not be open to changes for a moment.
  await client.query(`
    begin;
    grant connect on database ${rows[0]?.database} to ${name};
    grant usage on schema public to ${name};
    grant select, insert, update, delete on all tables in schema public to ${name};
    grant usage on all sequences in schema public to ${name};
    alter default privileges in schema public grant select, insert, update, delete on tables to ${name};
    alter default privileges in schema public grant usage on sequences to ${name};
    revoke insert, update, delete on public._prisma_migrations from ${name};
    do $$ begin
      if to_regclass('public.audit_entry') is not null then revoke update, delete on public.audit_entry from ${name}; end if;
      if to_regnamespace('app') is not null then
        grant usage on schema app to ${name};
        grant execute on all functions in schema app to ${name};
      end if;
    end $$;
    commit`);
}

/**
 * Refuses to serve as a role that row-level security would not hold.
 * @param client As the role that the app will use.
 * @param setting The setting that the role came from, for the message.
 */
export async function verifyRestricted(client: pg.Client, setting: string): Promise<void> {
  const { rows } = await client.query<{ role: string; rolsuper: boolean; rolbypassrls: boolean; owned: string | null }>(
    `select current_user as role, rolsuper, rolbypassrls,
       (select c.relname from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'MEMBER')
        order by c.relname limit 1) as owned
     from pg_roles where rolname = current_user`,
  );
  const found = rows[0];
  const power = found?.rolsuper ? "is a superuser" : found?.rolbypassrls ? "has BYPASSRLS" : found?.owned ? `owns the table ${found.owned}` : null;
  if (!found || !power) return;
  throw new StartError(
    `The database role ${pg.escapeIdentifier(found.role)} of ${setting} ${power}, so the database could not keep organizations apart. ` +
      "Name a role without such rights, or leave MIGRATION_DATABASE_URL out and Milkrun makes one.",
  );
}
