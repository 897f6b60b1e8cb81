"use client";
import { useEffect, useRef, useState } from "react";
import type { ImportEntry } from "@/domain/source-import";
import { errorMessage } from "@/ui/error-message";
import type { PlannedLine } from "@/ui/source-import/import-plan";
import { testInTurn } from "@/ui/sources/test-in-turn";
import { useTRPCClient } from "@/ui/trpc/client";
import { definitionOf, namedEntry } from "./source-lines";

/** How it stands with one source. What comes in turned off is not tested: nothing collects it, or it would need what the list leaves out. */
export type CheckOutcome =
  | { state: "waiting" | "testing" }
  | { state: "works"; itemCount: number; entry: ImportEntry }
  | { state: "off"; message: string; entry: ImportEntry }
  | { state: "fails"; message: string };

export interface SourceCheck {
  line: PlannedLine;
  outcome: CheckOutcome;
}

/** What is known of a line before its address is tested. */
function untested({ entry, outcome: { outcome, off, reason } }: PlannedLine): CheckOutcome {
  if (!entry || outcome === "failed") return { state: "fails", message: reason ?? "" };
  return off ? { state: "off", message: reason ?? "", entry } : { state: "waiting" };
}

/** Has the server test addresses, a few at a time, and tells how each went as soon as it is known. */
export function useSourceChecks() {
  const client = useTRPCClient();
  const controller = useRef<AbortController | null>(null);
  const [checks, setChecks] = useState<SourceCheck[]>([]);
  useEffect(() => () => controller.current?.abort(), []);

  const tell = (line: PlannedLine, outcome: CheckOutcome) => setChecks((all) => all.map((check) => (check.line === line ? { line, outcome } : check)));

  async function test(entry: ImportEntry, signal: AbortSignal): Promise<CheckOutcome> {
    try {
      const result = await client.source.test.mutate({ definition: definitionOf(entry) }, { signal });
      if (!result.ok) return { state: "fails", message: result.message };
      return { state: "works", itemCount: result.itemCount, entry: namedEntry(entry, result.title) };
    } catch (error) {
      return { state: "fails", message: errorMessage(error) };
    }
  }

  function reset() {
    controller.current?.abort();
    setChecks([]);
  }

  async function start(lines: readonly PlannedLine[]) {
    reset();
    const abort = new AbortController();
    controller.current = abort;
    const { signal } = abort;
    const begun = lines.map((line) => ({ line, outcome: untested(line) }));
    setChecks(begun);
    const testable = begun.flatMap(({ line, outcome }) => (line.entry && outcome.state === "waiting" ? { line, entry: line.entry } : []));
    await testInTurn(testable, signal, async ({ line, entry }) => {
      tell(line, { state: "testing" });
      const outcome = await test(entry, signal);
      if (!signal.aborted) tell(line, outcome);
    });
  }

  return { checks, start, reset };
}
