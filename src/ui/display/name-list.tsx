import { Fragment } from "react";

interface NameListProps {
  /** In this order. A note stands behind its name, as " (off)". */
  names: readonly { id: string; name: string; note?: string }[];
}

/** "Morning, Evening (off)". Each name keeps its own direction: a Hebrew one would draw its neighbours around itself. */
export function NameList({ names }: NameListProps) {
  return names.map(({ id, name, note }, place) => (
    <Fragment key={id}>
      {place > 0 && ", "}
      <bdi>{name}</bdi>
      {note}
    </Fragment>
  ));
}
