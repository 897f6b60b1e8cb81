import type { ComponentProps, ReactNode } from "react";
import classes from "./plain-choice.module.css";

interface PlainChoiceProps extends Omit<ComponentProps<"input">, "type" | "children"> {
  type: "checkbox" | "radio";
  label: ReactNode;
}

/** The browser's own box or button with its label, in our colours: for pages that have to be light. */
export function PlainChoice({ label, ...input }: PlainChoiceProps) {
  return (
    <label className={classes.choice}>
      <input className={classes.mark} {...input} />
      <span>{label}</span>
    </label>
  );
}
