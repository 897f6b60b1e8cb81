import { Fragment } from "react";

interface NameListProps {
  /** In this order. A note stands behind its name, as " (off)". */
  names: readonly { name: string; note?: string }[];
}

/** "Morning, Evening (off)". Each name keeps its own direction: a Hebrew one would draw its neighbours around itself. */
export function NameList({ names }: NameListProps) {
  return names.map(({ name, note }, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: names may be equal, and the list is drawn as a whole
    <Fragment key={place}>
      {place > 0 && ", "}
      <bdi>{name}</bdi>
      {note}
    </Fragment>
  ));
}
