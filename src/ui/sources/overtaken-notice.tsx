"use client";
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";

interface OvertakenNoticeProps {
  /** "source" */
  what: string;
  /** Where what is stored can be seen. */
  href: string;
  onTake: () => void;
  onKeep: () => void;
}

/** Somebody else saved while this person was editing: whose shall count. */
export function OvertakenNotice({ what, href, onTake, onKeep }: OvertakenNoticeProps) {
  return (
    <Alert color="yellow" role="alert" title={`This ${what} has changed since you opened it`} icon={<IconUsers aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          Somebody else saved it, or you did in another tab. Your changes are not saved and are still here.{" "}
          <Anchor href={href} target="_blank" inherit c="inherit" underline="always">
            See what is stored, in a new tab
          </Anchor>
          .
        </Text>
        <Group gap="xs">
          <Button variant="default" size="sm" onClick={onTake}>
            Take theirs
          </Button>
          <Button size="sm" onClick={onKeep}>
            Keep mine
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
