"use client";
import { useEffect, useRef, useState } from "react";
import type { SourceDefinition } from "@/domain/source";
import { errorMessage } from "@/ui/error-message";
import { testInTurn } from "@/ui/sources/test-in-turn";
import { useTRPCClient } from "@/ui/trpc/client";
import { definitionOf, type SourceLine } from "./source-lines";

/** How a test of one address goes. */
export type CheckOutcome =
  | { state: "waiting" | "testing" }
  | { state: "works"; itemCount: number; definition: SourceDefinition }
  | { state: "fails"; message: string };

export interface SourceCheck {
  line: SourceLine;
  outcome: CheckOutcome;
}

/** Has the server test addresses, a few at a time, and tells how each went as soon as it is known. */
export function useSourceChecks() {
  const client = useTRPCClient();
  const controller = useRef<AbortController | null>(null);
  const [checks, setChecks] = useState<SourceCheck[]>([]);
  useEffect(() => () => controller.current?.abort(), []);

  const tell = (line: SourceLine, outcome: CheckOutcome) => setChecks((all) => all.map((check) => (check.line.url === line.url ? { line, outcome } : check)));

  async function test(line: SourceLine, signal: AbortSignal): Promise<CheckOutcome> {
    try {
      const result = await client.source.test.mutate({ definition: definitionOf(line, null) }, { signal });
      if (!result.ok) return { state: "fails", message: result.message };
      return { state: "works", itemCount: result.itemCount, definition: definitionOf(line, result.title) };
    } catch (error) {
      return { state: "fails", message: errorMessage(error) };
    }
  }

  function reset() {
    controller.current?.abort();
    setChecks([]);
  }

  async function start(lines: readonly SourceLine[]) {
    reset();
    const abort = new AbortController();
    controller.current = abort;
    const { signal } = abort;
    setChecks(lines.map((line) => ({ line, outcome: line.problem === null ? { state: "waiting" } : { state: "fails", message: line.problem } })));
    const testable = lines.filter(({ problem }) => problem === null);
    await testInTurn(testable, signal, async (line) => {
      tell(line, { state: "testing" });
      const outcome = await test(line, signal);
      if (!signal.aborted) tell(line, outcome);
    });
  }

  return { checks, start, reset };
}
