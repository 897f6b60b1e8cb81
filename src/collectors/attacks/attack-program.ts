import { execFileSync } from "node:child_process";
import { openWorld } from "./attack-range";
import { OWN_ADDRESSES } from "./outgoing-attacks";
import { runAttacks } from "./run-attacks";

// Runs in a network namespace of its own, where it makes the whole world local, and prints how all attacks went.

function ip(command: string): void {
  execFileSync("ip", command.split(" "), { stdio: "ignore" });
}

function makeWorldLocal(): void {
  const [own, own6] = OWN_ADDRESSES;
  ip("link set lo up");
  ip("route add local 0.0.0.0/0 dev lo");
  ip(`addr add ${own}/32 dev lo`);
  try {
    ip("-6 route add local ::/0 dev lo");
    ip(`-6 addr add ${own6}/128 dev lo nodad`);
  } catch {
    // The kernel may know no IPv6: its addresses are refused all the same, and reach nobody.
  }
}

makeWorldLocal();
const range = await openWorld();
const report = await runAttacks(range, () => true);
await range.close();
process.stdout.write(JSON.stringify(report));
