"use client";
import { useIsGoing } from "./going";
import classes from "./going-bar.module.css";

/** Answers a click on a link whose page takes its time; who does not see it hears of the page once it is there. */
export function GoingBar() {
  return useIsGoing() && <div className={classes.bar} aria-hidden />;
}
