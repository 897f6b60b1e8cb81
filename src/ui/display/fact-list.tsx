import { SimpleGrid, type SimpleGridProps, Text } from "@mantine/core";
import type { ReactNode } from "react";

/** Facts about one thing, as terms and their values; it wraps to one column on a small screen. */
export function FactList({ children, cols = { base: 1, xs: 2, md: 4 } }: { children: ReactNode; cols?: SimpleGridProps["cols"] }) {
  return (
    <SimpleGrid component="dl" cols={cols} spacing="md" m={0}>
      {children}
    </SimpleGrid>
  );
}

/** One term and its value. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {term}
      </Text>
      <Text component="dd" m={0} style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </div>
  );
}
