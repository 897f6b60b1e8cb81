import type { RequestListener } from "node:http";
import { type CollectOptions, type CollectorRuntime, createCollectorRuntime } from "@/collectors/collect";
import type { Collection } from "@/collectors/collector";
import { sourceDefinitionSchema } from "@/domain/source";
import { type LocalSite, startLocalSite } from "./local-site";
import { noManners } from "./manners";
import { bundleSandboxChild } from "./sandbox-child";

/** A site on this machine and the real collectors, which may reach it. */
export interface CollectedSite {
  site: LocalSite;
  runtime: CollectorRuntime;
  /** Collects a source at the site's `/list?x=1`, whatever of it is left out. */
  collect(source: object, options?: Partial<CollectOptions>): Promise<Collection>;
  /** What collecting it fails with. */
  failureOf(source: object): Promise<unknown>;
  /** The addresses that it was asked for, in their order, since `forget`. */
  readonly asked: readonly string[];
  forget(): void;
  close(): Promise<void>;
}

export async function startCollectedSite(listener: RequestListener): Promise<CollectedSite> {
  const asked: string[] = [];
  const site = await startLocalSite((request, response) => {
    asked.push(request.url ?? "");
    listener(request, response);
  });
  const sandbox = { childPath: await bundleSandboxChild() };
  const runtime = createCollectorRuntime({ policy: site.policy, userAgent: "Milkrun test", manners: noManners, sandbox });

  async function collect(source: object, options?: Partial<CollectOptions>): Promise<Collection> {
    const definition = sourceDefinitionSchema.parse({ name: "test", url: `${site.origin}/list?x=1`, ...source });
    return await runtime.collect(definition, { signal: new AbortController().signal, ...options });
  }

  return {
    site,
    runtime,
    collect,
    failureOf: (source) =>
      collect(source).then(
        () => "no failure",
        (error: unknown) => error,
      ),
    asked,
    forget() {
      asked.length = 0;
    },
    async close() {
      await runtime.close();
      await site.close();
    },
  };
}
