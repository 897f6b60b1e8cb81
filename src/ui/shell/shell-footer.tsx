"use client";
import { Container, Text } from "@mantine/core";
import { useMembership } from "@/ui/session/use-membership";
import { Instant } from "@/ui/time/instant";
import { useNow } from "@/ui/time/now";
import classes from "./shell-footer.module.css";
import { useSystemStatus } from "./use-system-status";

const MINUTE_MS = 60_000;

/** Which Milkrun this is, and what time it is there. */
export function ShellFooter() {
  const { timeZone } = useMembership();
  const now = useNow(MINUTE_MS);
  const version = useSystemStatus().data?.version;
  return (
    <footer className={classes.footer}>
      <Container size="xl" px={{ base: "md", sm: "lg" }} className={classes.row}>
        <Text size="xs" c="dimmed" component="span">
          Milkrun {version}
        </Text>
        <Text size="xs" c="dimmed" component="span">
          Server time: <Instant at={now} timeZone={timeZone} />
        </Text>
      </Container>
    </footer>
  );
}
