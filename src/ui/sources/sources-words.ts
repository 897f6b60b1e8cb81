import { formatCount } from "@/ui/display/count";

/** "1 source", "1,200 sources" */
export function sourcesWords(count: number): string {
  return count === 1 ? "1 source" : `${formatCount(count)} sources`;
}
