import { Title } from "@mantine/core";
import type { ReactNode } from "react";

/** The page's one h1. It takes the focus after a move to the page, so it must be able to. */
export function PageTitle({ children }: { children: ReactNode }) {
  return (
    <Title order={1} size="h2" tabIndex={-1} style={{ outline: "none", overflowWrap: "anywhere" }}>
      {children}
    </Title>
  );
}
