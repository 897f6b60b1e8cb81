import type { Cluster } from "./cluster";
import type { Sizes } from "./sizes";

/** What every section works with. */
export interface Bench {
  cluster: Cluster;
  sizes: Sizes;
  withPeers: boolean;
  /** Says what is being measured, for the person who waits. */
  progress(text: string): void;
}
