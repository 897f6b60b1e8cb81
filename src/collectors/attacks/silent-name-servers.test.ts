import { beforeAll, describe, expect, it } from "vitest";
import { bundle } from "@/testing/bundle";
import { findResolverOptions, runInNamespace } from "./network-namespace";

/** How long a name takes beside names whose servers keep silent, for the system's resolver and for Milkrun's; both ask the same server. */
const PROGRAM = `
  import { execFileSync } from "node:child_process";
  import { lookup } from "node:dns/promises";
  import { mkdtempSync, writeFileSync } from "node:fs";
  import { tmpdir } from "node:os";
  import path from "node:path";
  import { createNameResolver } from "@/collectors/resolve-name";
  import { startNameServer } from "@/testing/name-server";

  const settings = path.join(mkdtempSync(path.join(tmpdir(), "milkrun-resolver-")), "resolv.conf");
  writeFileSync(settings, "nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n");
  execFileSync("ip", ["link", "set", "lo", "up"]);
  execFileSync("mount", ["--bind", settings, "/etc/resolv.conf"]);
  await startNameServer({ "healthy.example": ["93.184.215.14"] }, 53);

  async function time(resolve) {
    const silent = Array.from({ length: 4 }, (_, index) => resolve("silent-" + index + ".example").catch(() => {}));
    const started = performance.now();
    const [{ address }] = await resolve("healthy.example");
    return { address, milliseconds: performance.now() - started };
  }

  const ours = await time(createNameResolver());
  const system = await time((name) => lookup(name, { all: true }));
  process.stdout.write(JSON.stringify({ ours, system }));
  process.exit();`;

interface Answer {
  address: string;
  milliseconds: number;
}

const options = findResolverOptions();

const skipped = options ? "" : " (skipped: this machine gives no network namespace)";

describe.skipIf(options === null)(`four names whose servers keep silent${skipped}`, () => {
  let seen: { ours: Answer; system: Answer };

  beforeAll(async () => {
    seen = JSON.parse(await runInNamespace(options ?? [], await bundle("silent-name-servers", PROGRAM)));
  });

  it("hold up no other name", () => {
    expect(seen.ours.address).toBe("93.184.215.14");
    expect(seen.ours.milliseconds).toBeLessThan(500);
  });

  it("hold up every other name of the process where the system resolves them (control)", () => {
    expect(seen.system.address).toBe("93.184.215.14");
    expect(seen.system.milliseconds).toBeGreaterThan(900);
  });
});
