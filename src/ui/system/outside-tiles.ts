import { leastFreeBytes } from "@/domain/disk-space";
import { formatCount } from "@/ui/display/count";
import { formatBytes } from "@/ui/display/format-bytes";
import type { Collecting, SystemStatus } from "./system-readings";
import type { Reading } from "./system-tile";

/** With less than so many times what has to be free, it is time to do something. */
const ROOM = 3;

/** The way to the web, told by what the organization's last runs found: nothing is asked of any site for this. */
export function readCollecting({ lastSuccessAt, lastFailureAt, succeeding, failing }: Collecting): Reading {
  const at = lastSuccessAt ? { label: "Last answer from a site", instant: lastSuccessAt } : undefined;
  if (!lastSuccessAt && !lastFailureAt) return { state: "quiet", word: "Not asked yet", detail: "No source has been collected." };
  if (succeeding + failing === 0) return { state: "quiet", word: "Idle", detail: "No source was collected within the last hour.", at };
  const all = sources(succeeding + failing);
  if (succeeding === 0) {
    return { state: "bad", word: "All failing", detail: `${all} failed within the last hour. Check this server's way to the internet.`, at };
  }
  if (failing > succeeding) return { state: "warning", word: "Mostly failing", detail: `${formatCount(failing)} of ${all} failed within the last hour.`, at };
  const detail = failing === 0 ? `${sources(succeeding)} collected within the last hour.` : `${formatCount(failing)} of ${all} failed within the last hour.`;
  return { state: "good", word: "Answering", detail, at };
}

function sources(count: number): string {
  return count === 1 ? "1 source" : `${formatCount(count)} sources`;
}

/** The fullest disk that a process reports. */
export function readDisk({ instances }: SystemStatus): Reading {
  const disks = instances.flatMap(({ alive, disk }) => (alive && disk ? disk : []));
  const [disk] = disks.toSorted((a, b) => a.freeBytes - b.freeBytes);
  if (!disk) return { state: "quiet", word: "Not measured", detail: "The database is on a server of its own. Watch the disk there." };
  const word = `${formatBytes(disk.freeBytes)} free`;
  const detail = `Of ${formatBytes(disk.totalBytes)}, where the database is.`;
  const least = leastFreeBytes(disk.totalBytes);
  if (disk.freeBytes < least) return { state: "bad", word, detail: `${detail} Nothing is collected before ${formatBytes(least)} are free.` };
  if (disk.freeBytes < ROOM * least) return { state: "warning", word, detail: `${detail} Below ${formatBytes(least)} nothing is collected. Make room.` };
  return { state: "good", word, detail };
}

/** Whether mail arrives is not known here: that it is set up is. */
export function readMail({ sendsMail }: SystemStatus): Reading {
  if (sendsMail) return { state: "good", word: "Set up", detail: "Invitations and links to reset a password are sent by mail." };
  return { state: "quiet", word: "Not set up", detail: "Invitations and links to reset a password are shown, to be passed on." };
}
