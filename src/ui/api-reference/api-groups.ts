const GROUPS: Record<string, string> = {
  item: "Items",
  export: "Large exports",
  view: "Saved views",
  run: "Runs",
  schedule: "Schedule",
  preset: "Presets",
  source: "Sources",
};

/** Procedures by what they are about, items first; whatever is new comes last, under its own name. */
export function groupOperations<Operation extends { path: string }>(operations: readonly Operation[]): [title: string, members: Operation[]][] {
  const groupOf = ({ path }: Operation) => path.split(".")[0] ?? "";
  const names = [...new Set([...Object.keys(GROUPS), ...operations.map(groupOf)])];
  return names
    .map((name): [string, Operation[]] => [GROUPS[name] ?? name, operations.filter((operation) => groupOf(operation) === name)])
    .filter(([, members]) => members.length > 0);
}

const KEY = "-H 'Authorization: Bearer mr_…'";

/** What is no procedure: files, which are sent while they are read. */
export const FILE_EXAMPLES = [
  {
    title: "Export items",
    words: "Everything that matches, as csv, xlsx, json or jsonl. The filters are those of the Items page's address.",
    commandOf: (baseUrl: string) => `curl --fail -OJ ${KEY} '${baseUrl}/api/items/export?format=csv&q=milk'`,
  },
  {
    title: "Export with an end",
    words: "A last line with the number of items and a checksum, for CSV and JSON Lines. Without it the file was cut off.",
    commandOf: (baseUrl: string) => `curl --fail -OJ ${KEY} '${baseUrl}/api/items/export?format=jsonl&end=1'`,
  },
  {
    title: "Fetch a prepared file",
    words: "What export.start had a worker write, by its id. export.list says when it is ready.",
    commandOf: (baseUrl: string) => `curl --fail -OJ ${KEY} '${baseUrl}/api/items/exports/0198f2c0-0000-7000-8000-000000000001'`,
  },
  {
    title: "Follow items as an Atom feed",
    words:
      "The newest 50, or 200 with size=200, of a filter or, with view=…, of a saved view. Feed readers, which send no key, take a link from the export panel.",
    commandOf: (baseUrl: string) => `curl ${KEY} '${baseUrl}/api/items/feed?q=milk'`,
  },
] as const;
