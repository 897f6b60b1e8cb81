"use client";
import { Anchor, Stack, Text, Title } from "@mantine/core";
import type { Delivery } from "@/domain/notification-delivery";
import { AppLink } from "@/ui/shell/app-link";
import { Instant } from "@/ui/time/instant";

interface NoticeListProps {
  notices: Delivery["notices"];
  timeZone: string;
}

/** What a message tells, each with the way to the page that has more. */
export function NoticeList({ notices, timeZone }: NoticeListProps) {
  return (
    <Stack component="section" gap="sm" aria-labelledby="notices-title">
      <Title order={4} size="h5" id="notices-title">
        What it tells
      </Title>
      {notices.map(({ id, title, text, path, at }) => (
        <div key={id} style={{ overflowWrap: "anywhere" }}>
          <Text fw={600}>{title}</Text>
          <Text size="sm" style={{ whiteSpace: "pre-line" }}>
            {text}
          </Text>
          <Text size="sm" c="dimmed">
            <Instant at={at} timeZone={timeZone} />.{" "}
            <Anchor
              component={AppLink}
              href={path}
              prefetch={false}
              inherit
              underline="always"
              display="inline-block"
              py={2}
              aria-label={`Open the page about: ${title}`}
            >
              Open the page
            </Anchor>
          </Text>
        </div>
      ))}
    </Stack>
  );
}
