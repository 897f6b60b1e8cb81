import type { ComponentPropsWithRef } from "react";

/** A box that scrolls what is too large for it, by the keyboard too, hence the name and the tab stop. */
export function ScrollBox({ label, children, ...props }: { label: string } & ComponentPropsWithRef<"section">) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls needs a tab stop for people without a pointer
    <section aria-label={label} tabIndex={0} {...props}>
      {children}
    </section>
  );
}
