import { describe, expect, it } from "vitest";
import { type Interruption, planRunEnd } from "./run-end";
import type { RunSourceStatus } from "./run-status";

const MINUTE = 60_000;

describe("how a run ends", () => {
  const cases: [string, RunSourceStatus[], Interruption | null, object][] = [
    ["succeeds when every source did", ["succeeded", "succeeded"], null, { kind: "finish", status: "succeeded" }],
    ["succeeds when nothing was new", ["not_modified"], null, { kind: "finish", status: "succeeded" }],
    ["is partial when some sources failed", ["succeeded", "failed"], null, { kind: "finish", status: "partial" }],
    ["is partial when the others were unchanged", ["not_modified", "failed"], null, { kind: "finish", status: "partial" }],
    ["fails when every source failed", ["failed", "failed"], null, { kind: "finish", status: "failed" }],
    [
      "fails, with the reason, when there was nothing to collect",
      [],
      null,
      { kind: "finish", status: "failed", message: expect.stringContaining("Add a source") },
    ],
    [
      "is cancelled while sources are left",
      ["succeeded", "fetching"],
      "cancelled",
      { kind: "finish", status: "cancelled", message: expect.stringContaining("1 source was") },
    ],
    ["keeps its outcome when the cancellation came too late", ["succeeded"], "cancelled", { kind: "finish", status: "succeeded" }],
    [
      "times out while sources are left",
      ["queued", "queued"],
      "time_limit",
      { kind: "finish", status: "timed_out", message: expect.stringContaining("15 minutes") },
    ],
    ["goes back to the queue when the process stops", ["queued"], "shutdown", { kind: "hand_back" }],
    ["ends when the process stops after the last source", ["succeeded"], "shutdown", { kind: "finish", status: "succeeded" }],
    ["is left to whoever holds it now", ["succeeded"], "lease_lost", { kind: "leave" }],
  ];
  it.each(cases)("%s", (_, outcomes, interruption, end) => {
    expect(planRunEnd(outcomes, interruption, 15 * MINUTE)).toMatchObject(end);
  });
});
