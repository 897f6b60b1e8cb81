import { Code, Stack, Text } from "@mantine/core";
import type { DeliveryAttempt } from "@/domain/notification-delivery";
import { Fact, FactList } from "@/ui/display/fact-list";
import { formatDuration } from "@/ui/time/duration";

type AttemptAnswer = Pick<DeliveryAttempt, "httpStatus" | "durationMs" | "answer" | "error">;

/** What came of an attempt: why it failed, the status, the time, and what the receiver said, as text. */
export function AttemptFacts({ attempt: { httpStatus, durationMs, answer, error } }: { attempt: AttemptAnswer }) {
  return (
    <Stack gap="xs">
      {error && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {error}
        </Text>
      )}
      <FactList cols={2}>
        {httpStatus !== null && <Fact term="Status">{httpStatus}</Fact>}
        <Fact term="Time">{formatDuration(durationMs)}</Fact>
      </FactList>
      {answer !== null && (
        <div>
          <Text size="sm" c="dimmed">
            Answer
          </Text>
          {answer === "" ? <Text size="sm">Without content</Text> : <AnswerText answer={answer} />}
        </div>
      )}
    </Stack>
  );
}

/** What a receiver said, as it said it. */
export function AnswerText({ answer }: { answer: string }) {
  return (
    <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {answer}
    </Code>
  );
}
