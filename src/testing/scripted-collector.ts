import { CollectError } from "@/collectors/collect-error";
import type { Collection } from "@/collectors/collector";
import type { CollectedItem } from "@/domain/item";
import type { SourceDefinition } from "@/domain/source";
import type { SourceCollector } from "@/worker/collect-source";
import { scriptedCollection } from "./scripted-collection";

/** What a scripted source does when it is collected. */
export type Script = (signal: AbortSignal) => Promise<CollectedItem[]>;

/** A collector whose sources do what the test says, by address. Counts how often each was collected. */
export function scriptedCollector(scripts: Record<string, Script>): SourceCollector & { calls: Map<string, number> } {
  const calls = new Map<string, number>();
  return {
    calls,
    inspect: async (url) => ({ finalUrl: url, title: "Scripted", suggestions: [{ label: "Feed", name: "Scripted", kind: "feed", url, config: {} }] }),
    async collect(definition: SourceDefinition, { signal }): Promise<Collection> {
      calls.set(definition.url, (calls.get(definition.url) ?? 0) + 1);
      const script = scripts[definition.url];
      if (!script) throw new CollectError("dns", "There is no such site.");
      const items = await script(signal);
      return scriptedCollection(definition.url, items);
    },
  };
}

/** A source that gives these keys at once. */
export const gives =
  (...keys: string[]): Script =>
  async () =>
    keys.map((key) => ({ key, title: key, fields: {} }));

/** A source that gives this key when it is told to, and is being collected until then. */
export function givesWhenTold(key: string): { script: Script; answer(): void } {
  const { happened, happen } = event();
  const script: Script = async () => {
    await happened;
    return [{ key, fields: {} }];
  };
  return { script, answer: happen };
}

/** A source that fails with this message. */
export const fails =
  (message: string): Script =>
  async () => {
    throw new CollectError("http_status", message, { httpStatus: 500 });
  };

/** A source that answers only when it is told to stop; `started` resolves when it is being collected. */
export function hangs(): { script: Script; started: Promise<void> } {
  const { happened: started, happen } = event();
  const script: Script = (signal) => {
    happen();
    return new Promise((_, reject) => {
      const stop = () => reject(new CollectError("cancelled", "Collecting was stopped."));
      if (signal.aborted) stop();
      signal.addEventListener("abort", stop);
    });
  };
  return { script, started };
}

function event(): { happened: Promise<void>; happen(): void } {
  let happen = () => {};
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}
