import type { ReactNode } from "react";

/** What is about to be replaced: paler, and announced as busy, while `busy`. */
export function BusyArea({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <div aria-busy={busy} style={{ opacity: busy ? 0.6 : 1 }}>
      {children}
    </div>
  );
}
