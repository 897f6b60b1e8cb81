import { formatTable } from "@/format-table";
import { openCorpus } from "./corpus-files";
import { CATEGORIES, differencesOf } from "./judge-corpus";
import { KNOWN_DIFFERENCES } from "./known-differences";

/** Prints how much of the corpus is read as others expect, by category, and what is not, with the reason. Gives the exit code: 1 for a difference without a reason. */
export async function printCorpusTable(print: (text: string) => void): Promise<number> {
  const corpus = openCorpus();
  if (!corpus) {
    print("There is no corpus beside the project. Say in MILKRUN_CORPUS where it is.");
    return 1;
  }
  const rows = [["category", "cases", "as expected", ""]];
  const differences: string[] = [];
  let unexplained = 0;
  for (const [category, judgeCategory] of Object.entries(CATEGORIES)) {
    const cases = await judgeCategory(corpus);
    const different = differencesOf(cases);
    const share = (100 * (cases.length - different.length)) / cases.length;
    rows.push([category, String(cases.length), String(cases.length - different.length), `${share.toFixed(1)} %`]);
    unexplained += different.filter(({ name }) => KNOWN_DIFFERENCES[name] === undefined).length;
    differences.push(...different.map(({ name, difference }) => `${category}: ${name}: ${difference}: ${KNOWN_DIFFERENCES[name] ?? "NO REASON KNOWN"}`));
  }
  print(formatTable(rows));
  print(["", `${differences.length} differ, ${unexplained} of them without a reason:`, ...differences].join("\n"));
  return unexplained === 0 ? 0 : 1;
}
