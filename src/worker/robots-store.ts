import type { RobotsStore } from "@/collectors/robots-file";
import { findRobots, saveRobotsFailure, saveRobotsText } from "@/db/robots-files";
import { type TransactDeps, transact } from "./transact";

/** What sites' robots.txt said, remembered in the database for all processes. */
export function createRobotsStore(deps: TransactDeps): RobotsStore {
  return {
    find: (origin) => transact(deps, (tx) => findRobots(tx, origin)),
    saveText: (origin, text) => transact(deps, (tx) => saveRobotsText(tx, origin, text)),
    saveFailure: (origin, failure) => transact(deps, (tx) => saveRobotsFailure(tx, origin, failure)),
  };
}
