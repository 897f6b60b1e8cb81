import { readClocks, readDatabase, readSearch, readTimeZones, readVersion } from "./installation-tiles";
import { readCollecting, readDisk, readMail } from "./outside-tiles";
import { readQueue, readScheduler, readWakeUps, readWorkers } from "./process-tiles";
import { readSlots } from "./slot-words";
import type { Collecting, SlotRecord, SystemStatus } from "./system-readings";
import type { Reading, SystemTile } from "./system-tile";

/** What the server said; `null` = there is no answer that can be trusted. */
interface Answers {
  status: SystemStatus | null;
  record: SlotRecord | null;
  collecting: Collecting | null;
}

const ofStatus =
  (read: (status: SystemStatus) => Reading) =>
  ({ status }: Answers) =>
    status && read(status);

const TILES: Record<string, (answers: Answers) => Reading | null> = {
  Scheduler: ofStatus(readScheduler),
  "Wake-ups": ofStatus(readWakeUps),
  "Slots, 24 hours": ({ record }) => record && readSlots(record),
  Workers: ofStatus(readWorkers),
  Queue: ofStatus(readQueue),
  Sites: ({ collecting }) => collecting && readCollecting(collecting),
  Database: ofStatus(readDatabase),
  Search: ofStatus(readSearch),
  Disk: ofStatus(readDisk),
  Clocks: ofStatus(readClocks),
  "Time zone rules": ofStatus(readTimeZones),
  Mail: ofStatus(readMail),
  Version: ofStatus(readVersion),
};

const UNKNOWN: Reading = { state: "unknown", word: "Unknown", detail: "The server did not answer." };

/** The tiles of the System page. */
export function systemTiles(answers: Answers): SystemTile[] {
  return Object.entries(TILES).map(([name, read]) => ({ name, ...(read(answers) ?? UNKNOWN) }));
}
