"use client";
import { useEffect, useState } from "react";
import type { SourceDefinition } from "@/domain/source";
import { errorMessage } from "@/ui/error-message";
import type { CheckState } from "@/ui/sources/check-looks";
import { testInTurn } from "@/ui/sources/test-in-turn";
import { foundWords } from "@/ui/sources/test-words";
import { useTRPCClient } from "@/ui/trpc/client";

/** How the test of one source goes. */
export interface SourceCheck {
  state: CheckState;
  /** What was found, or what is wrong. */
  words?: string;
  name?: string;
}

type Client = ReturnType<typeof useTRPCClient>;

/** Has the server test stored sources, a few at a time, as long as what shows it is there. Other `ids` begin anew. What is known so far, by id. */
export function useTestMany(ids: readonly string[]): ReadonlyMap<string, SourceCheck> {
  const client = useTRPCClient();
  const [checks, setChecks] = useState<ReadonlyMap<string, SourceCheck>>(new Map());
  useEffect(() => {
    const abort = new AbortController();
    const tell = (id: string, check: SourceCheck) => !abort.signal.aborted && setChecks((all) => new Map(all).set(id, check));
    void testInTurn(ids, abort.signal, async (id) => {
      tell(id, { state: "testing" });
      tell(id, await testOne(client, id, abort.signal));
    });
    return () => abort.abort();
  }, [client, ids]);
  return checks;
}

async function testOne(client: Client, id: string, signal: AbortSignal): Promise<SourceCheck> {
  try {
    const { name, kind, url, config } = await client.source.get.query({ id }, { signal });
    // Stored side by side, so their match is known but not typed.
    const definition = { name, kind, url, config } as SourceDefinition;
    const result = await client.source.test.mutate({ definition, sourceId: id }, { signal });
    if (!result.ok) return { state: "fails", name, words: result.message };
    return { state: "works", name, words: foundWords(result.itemCount, result.isCut) };
  } catch (error) {
    return { state: "fails", words: errorMessage(error) };
  }
}
