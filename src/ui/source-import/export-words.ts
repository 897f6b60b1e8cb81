import { nameList } from "@/domain/name-list";
import { formatCount } from "@/ui/display/count";

/** What is said of a list that was exported. */
interface Exported {
  feeds: number;
  others: number;
  needHeaders: readonly string[];
}

/** "Exported 3 feeds" */
export function exportTitle({ feeds, others }: Exported): string {
  const words = [countWords(feeds, "feed", "feeds"), others > 0 && countWords(others, "source of another kind", "sources of other kinds")];
  return `Exported ${words.filter(Boolean).join(" and ")}`;
}

/** Who can read the file, and what is not in it. */
export function exportWords({ others, needHeaders }: Exported): string {
  const readers =
    others === 0 ? "Feed readers and other Milkruns can import the file." : "Other Milkruns can import all of the file, and feed readers the feeds in it.";
  if (needHeaders.length === 0) return readers;
  const owners = `${needHeaders.length === 1 ? "comes" : "come"} in turned off until you enter them again`;
  return `${readers} Values of request headers are not in it: ${nameList(needHeaders)} ${owners}.`;
}

function countWords(count: number, one: string, many: string): string {
  return count === 1 ? `1 ${one}` : `${formatCount(count)} ${many}`;
}
