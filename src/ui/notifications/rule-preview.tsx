"use client";
import { Code, SegmentedControl, Skeleton, Stack, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CHANNEL_KINDS, type ChannelKind } from "@/domain/notification-channel";
import { hasThreshold, type RulePreview as Preview, type RuleEvent } from "@/domain/notification-rule";
import { ScrollBox } from "@/ui/display/scroll-box";
import { isRefusal } from "@/ui/error-message";
import { ErrorState } from "@/ui/states/error-state";
import { useTRPC } from "@/ui/trpc/client";

interface RulePreviewProps {
  event: RuleEvent;
  threshold: number | string;
  /** Of the channels that are chosen; each is shown when none is. */
  kinds: readonly ChannelKind[];
}

/** The message that the rule would send, as each kind of channel gets it. */
export function RulePreview({ event, threshold, kinds }: RulePreviewProps) {
  const [picked, setPicked] = useState<ChannelKind | null>(null);
  const shown = kinds.length === 0 ? CHANNEL_KINDS : CHANNEL_KINDS.filter((kind) => kinds.includes(kind));
  const kind = shown.find((each) => each === picked) ?? shown[0] ?? "email";
  const number = hasThreshold(event) && typeof threshold === "number" && threshold >= 1 && threshold <= 100 ? { threshold } : {};
  const query = useQuery(useTRPC().notification.previewRule.queryOptions({ event, ...number }, { placeholderData: keepPreviousData }));
  return (
    <Stack component="section" gap="xs" aria-labelledby="preview-title">
      <Title order={3} size="h5" id="preview-title">
        The message
      </Title>
      {shown.length > 1 && (
        <SegmentedControl
          aria-label="As it arrives by"
          data={shown.map((value) => ({ value, label: SHORT_WORDS[value] }))}
          value={kind}
          onChange={(value) => setPicked(value as ChannelKind)}
        />
      )}
      {query.isError && (
        <ErrorState title="The preview is unavailable" error={query.error} effect={isRefusal(query.error) ? null : "The rule can be saved all the same."} />
      )}
      {query.isPending && <Skeleton height={140} />}
      {query.data && (
        <div style={{ opacity: query.isPlaceholderData ? 0.6 : 1 }}>
          <PreviewText preview={query.data} kind={kind} />
        </div>
      )}
    </Stack>
  );
}

/** They have to stand side by side on a phone. */
const SHORT_WORDS: Record<ChannelKind, string> = { email: "Email", webhook: "Webhook", slack: "Slack", ntfy: "ntfy" };

function PreviewText({ preview, kind }: { preview: Preview; kind: ChannelKind }) {
  return (
    <Stack gap="xs">
      <ScrollBox label="The text of the message" style={{ maxHeight: "20rem", overflowY: "auto" }}>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {textOf(preview, kind)}
        </Code>
      </ScrollBox>
      <Text size="sm" c="dimmed">
        {preview.isExample ? "An example: nothing like it has happened within 30 days." : "As it would have been told the last time that it happened."}
      </Text>
    </Stack>
  );
}

function textOf({ mail, webhook, slack, push }: Preview, kind: ChannelKind): string {
  switch (kind) {
    case "email":
      return `Subject: ${mail.subject}\n\n${mail.text}`;
    case "webhook":
      return webhook;
    case "slack":
      return slack;
    case "ntfy":
      return `${push.title}\n\n${push.message}`;
  }
}
