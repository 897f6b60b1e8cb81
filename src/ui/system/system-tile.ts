/** What a tile says. `unknown` = it could not be read, which must never look well. */
export interface Reading {
  state: "good" | "quiet" | "warning" | "bad" | "unknown";
  word: string;
  detail: string;
  /** The instant that the reading is about, with what it is: "Last seen". */
  at?: { label: string; instant: Date } | undefined;
}

export interface SystemTile extends Reading {
  name: string;
}
