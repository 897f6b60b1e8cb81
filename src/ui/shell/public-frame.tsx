import { Container, Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ColorSchemeButton } from "./color-scheme-button";
import { MilkrunMark } from "./milkrun-mark";
import { PageTitle } from "./page-title";

interface PublicFrameProps {
  title: string;
  /** One sentence below the title. */
  lead?: ReactNode;
  /** The widest that the card gets, in px. */
  width?: number;
  children?: ReactNode;
}

/** The frame of the pages that need no session: one card with one purpose. */
export function PublicFrame({ title, lead, width = 480, children }: PublicFrameProps) {
  return (
    <Container component="main" size={width} py={{ base: "md", sm: 64 }} px="md">
      <Group justify="space-between" mb="lg">
        <Group gap="sm">
          <MilkrunMark size={36} />
          <Text fw={700} size="xl">
            Milkrun
          </Text>
        </Group>
        <ColorSchemeButton />
      </Group>
      <Paper withBorder p={{ base: "md", sm: "xl" }} radius="lg">
        <PageTitle>{title}</PageTitle>
        {lead && (
          <Text c="dimmed" mt="xs" style={{ overflowWrap: "anywhere" }}>
            {lead}
          </Text>
        )}
        {children}
      </Paper>
    </Container>
  );
}
