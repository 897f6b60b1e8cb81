"use client";
import { VisuallyHidden } from "@mantine/core";
import classes from "./navigation-badge.module.css";
import { useAttention } from "./use-attention";

/** A badge shows no more than two digits. */
const MOST_SHOWN = 99;

/** What a link of the navigation says besides its name: failing sources, channels that fail, and a run that is going. The words are for who does not see it. */
export function NavigationBadge({ href }: { href: string }) {
  const attention = useAttention();
  if (href === "/sources" && attention && attention.failingSources > 0) return <FailingBadge count={attention.failingSources} words="failing" />;
  if (href === "/settings" && attention && attention.failingChannels > 0)
    return (
      <FailingBadge
        count={attention.failingChannels}
        words={attention.failingChannels === 1 ? "channel of notifications failing" : "channels of notifications failing"}
      />
    );
  if (href === "/runs" && attention?.activeRun) {
    return (
      <>
        <span className={classes.dot} aria-hidden />
        <VisuallyHidden>, a run is going</VisuallyHidden>
      </>
    );
  }
  return null;
}

function FailingBadge({ count, words }: { count: number; words: string }) {
  return (
    <>
      <span className={classes.count} aria-hidden>
        {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
      </span>
      <VisuallyHidden>
        , {count} {words}
      </VisuallyHidden>
    </>
  );
}
