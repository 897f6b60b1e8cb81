import type pg from "pg";
import type { AppLogin } from "./app-role";

/**
 * How to connect to the database that an address names, as another login when one is given.
 * The address may be any that `pg` understands, also that of a socket: postgresql://user@/database?host=/folder.
 */
export function connectionFromUrl(url: string, login?: AppLogin): pg.ClientConfig {
  const address = new URL(login ? url.replace(/\/\/[^/@]*@\//, "///") : url.replace("@/", "@localhost/"));
  if (login) {
    // As parameters: an address without a host has no place for a user.
    address.searchParams.set("user", login.user);
    address.searchParams.set("password", login.password);
  }
  const options = address.searchParams.get("options") ?? undefined;
  // What stands in the address wins over what stands beside it, and we add options of our own.
  address.searchParams.delete("options");
  return { connectionString: address.href, ...(options ? { options } : {}) };
}
