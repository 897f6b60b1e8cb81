import { beforeAll, describe, expect, it } from "vitest";
import { formatTable } from "@/format-table";
import { bundle } from "@/testing/bundle";
import { openLoopback } from "./attack-range";
import { findNamespaceOptions, runInNamespace } from "./network-namespace";
import { type AttackReport, type AttackResult, runAttacks } from "./run-attacks";

const namespace = findNamespaceOptions();
const place = namespace
  ? "in a network of their own, where every address answers"
  : "on loopback: a part of them, because this machine gives no network namespace";

async function attack(): Promise<AttackReport> {
  if (namespace) return JSON.parse(await runInNamespace(namespace, await bundle("outgoing-attacks", 'import "@/collectors/attacks/attack-program";')));
  const range = await openLoopback();
  const report = await runAttacks(range, ({ loopback }) => loopback === true);
  await range.close();
  return report;
}

/** One row for each kind of attack, and their sum. */
function describeReport({ guarded, unguarded }: AttackReport): string {
  const kinds = [...new Set(guarded.map(({ kind }) => kind))];
  const row = (name: string, isCounted: (result: AttackResult) => boolean) => {
    const [with_, without] = [guarded.filter(isCounted), unguarded.filter(isCounted)];
    const outcomes = (["refused", "harmless", "let through"] as const).map((outcome) => with_.filter((result) => result.outcome === outcome).length);
    return [name, with_.length, ...outcomes, connections(with_), without.filter(({ forbiddenConnections }) => forbiddenConnections > 0).length].map(String);
  };
  const rows = kinds.map((kind) => row(kind, (result) => result.kind === kind));
  const head = ["outgoing requests", "attacks", "refused", "harmless", "let through", "forbidden connections", "reach one without the guard"];
  return formatTable([head, ...rows, row("all", () => true)]);
}

const connections = (results: AttackResult[]) => results.reduce((sum, { forbiddenConnections }) => sum + forbiddenConnections, 0);

describe(`attacks by outgoing requests (${place})`, () => {
  let report: AttackReport;

  beforeAll(async () => {
    report = await attack();
    process.stdout.write(`\n${describeReport(report)}\n\n`);
  });

  it("are many, each of them a different one", () => {
    const names = report.guarded.map(({ kind, name }) => `${kind}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(namespace ? 200 : 70);
  });

  it("are all refused, or end at the public site that they name", () => {
    expect(report.guarded.filter(({ outcome }) => outcome === "let through")).toEqual([]);
  });

  it("open no connection to what is forbidden", () => {
    expect(connections(report.guarded)).toBe(0);
  });

  it("that mislead people, but not the program, do reach the public site", () => {
    expect(report.guarded.filter(({ ending }) => ending === "answered").length).toBeGreaterThanOrEqual(3);
  });

  it("do reach what is forbidden without the guard (control)", () => {
    const reached = report.unguarded.filter(({ forbiddenConnections }) => forbiddenConnections > 0);
    expect(reached.length).toBeGreaterThan(report.unguarded.length / 2);
  });
});
