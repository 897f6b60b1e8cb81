import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatTable } from "@/format-table";
import { bundle } from "@/testing/bundle";
import { type HostileResponse, hostileResponses } from "./hostile-responses";
import { type HostileSite, openHostileSite } from "./hostile-site";
import { type Measurement, type MeasuringProcess, startMeasuring } from "./measured-fetch";

const DEADLINE_MS = 400;
const MOST_GROWTH = 50 * 1_048_576;
const MOST_DELAY_MS = 100;
/** A machine that is busy elsewhere holds a process up once; what a response does to it, it does each time. */
const ATTEMPTS = 3;

const responses = hostileResponses();
const healthy: HostileResponse = {
  name: "a healthy page (control)",
  answer: (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
  refusedBy: "cancelled",
};
const rows: string[][] = [["hostile responses", "ended by", "after", "memory grown by", "event loop delay"]];
let site: HostileSite;
let measuring: MeasuringProcess;

beforeAll(async () => {
  site = await openHostileSite([...responses, healthy]);
  measuring = startMeasuring(await bundle("measured-fetch", 'import "@/collectors/attacks/measuring-program";'), site.port, DEADLINE_MS);
  // The first ones also load and compile what all need.
  for (const response of [healthy, ...responses.slice(0, 4), healthy]) await measuring.measure({ url: site.urlOf(response) });
});

afterAll(async () => {
  measuring.end();
  await site.close();
  process.stdout.write(`\n${formatTable(rows)}\n\n`);
});

const isHarmless = ({ grownBytes, delayMs }: Measurement) => grownBytes <= MOST_GROWTH && delayMs <= MOST_DELAY_MS;
const isAsPromised = (measured: Measurement, { refusedBy }: HostileResponse) => measured.ending === refusedBy && isHarmless(measured);

async function measure(response: HostileResponse): Promise<Measurement> {
  let measured = await measuring.measure({ url: site.urlOf(response) });
  for (let attempt = 1; attempt < ATTEMPTS && !isAsPromised(measured, response); attempt++) measured = await measuring.measure({ url: site.urlOf(response) });
  return measured;
}

function show(name: string, { ending, durationMs, grownBytes, delayMs }: Measurement): void {
  rows.push([name, ending, `${Math.round(durationMs)} ms`, `${Math.round(grownBytes / 1_048_576)} MB`, `${Math.round(delayMs)} ms`]);
}

describe("a hostile response", () => {
  it.each(responses)("$name", async (response) => {
    const measured = await measure(response);
    show(response.name, measured);
    expect(measured.ending).toBe(response.refusedBy);
    expect(measured.message).toMatch(/^[A-Z0-9].*\. .*\.$/);
    expect(measured.durationMs).toBeLessThan(DEADLINE_MS + 1_000);
    expect(measured.grownBytes).toBeLessThanOrEqual(MOST_GROWTH);
    expect(measured.delayMs).toBeLessThanOrEqual(MOST_DELAY_MS);
  });
});

describe("controls", () => {
  it("a healthy page of the same site is fetched", async () => {
    const measured = await measure(healthy);
    show(healthy.name, measured);
    expect(measured.ending).toBe("answered");
  });

  it("without caps a bomb is seen in memory", async () => {
    const [bomb] = responses;
    if (!bomb) throw new Error("There is no bomb.");
    let measured = await measuring.measure({ url: site.urlOf(bomb), withoutCaps: true });
    // A machine that is busy elsewhere unpacks less of it in the time.
    for (let attempt = 1; attempt < ATTEMPTS && measured.grownBytes <= MOST_GROWTH; attempt++)
      measured = await measuring.measure({ url: site.urlOf(bomb), withoutCaps: true });
    show(`${bomb.name}, without caps (control)`, measured);
    expect(measured.grownBytes).toBeGreaterThan(MOST_GROWTH);
  });

  it("work that blocks is seen in the event loop", async () => {
    const measured = await measuring.measure({ url: site.urlOf(healthy), thenBlockMs: 2 * MOST_DELAY_MS });
    show("200 ms of work in one piece (control)", measured);
    expect(measured.delayMs).toBeGreaterThan(MOST_DELAY_MS);
  });
});
