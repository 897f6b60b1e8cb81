import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { PageSection } from "@/ui/display/page-section";

interface SystemSectionProps {
  title: string;
  /** Null: it could not be read. */
  children: ReactNode | null;
}

/** A part of the System page below the tiles. */
export function SystemSection({ title, children }: SystemSectionProps) {
  return <PageSection title={title}>{children ?? <Text c="dimmed">Unknown: the server did not answer.</Text>}</PageSection>;
}
