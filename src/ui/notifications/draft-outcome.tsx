"use client";
import { Text } from "@mantine/core";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { AttemptFacts } from "./attempt-facts";
import { TestOutcome } from "./test-outcome";
import type { DraftTest } from "./use-draft-test";

/** What came of a test with the values on the screen; before there was one, what it does. */
export function DraftOutcome({ test }: { test: DraftTest }) {
  const { outcome, error } = test;
  return (
    <section aria-label="Test">
      <div role="status">
        {outcome ? (
          <TestOutcome isDelivered={outcome.ok}>
            <AttemptFacts attempt={outcome} />
            {outcome.isKeyMade && (
              <Text size="sm" mt="xs">
                It was signed with a key of this test only, which the receiver does not know. Save the channel, then test it again to see that it takes the
                signature.
              </Text>
            )}
          </TestOutcome>
        ) : (
          error === null && (
            <Text size="sm" c="dimmed">
              {stateWords(test)}
            </Text>
          )
        )}
      </div>
      {error !== null && <ErrorState title="The test did not work" error={error} effect={<StillHere error={error}>What you typed is still here.</StillHere>} />}
    </section>
  );
}

function stateWords({ isSending, isOutdated }: DraftTest): string {
  if (isSending) return "Sending, and waiting for the answer.";
  return isOutdated ? "The values have changed since the test. Send another one." : "A test goes out with the values above and saves nothing.";
}
