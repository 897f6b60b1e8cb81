import { Text } from "@mantine/core";

/** The account, the organization, the first sources, the schedule, the first run. */
const STEPS = 5;

/** Where in the setting up the person is; a screen reader says it at each step. */
export function StepCount({ step }: { step: number }) {
  return (
    <Text size="sm" c="dimmed" role="status">
      Step {step} of {STEPS}
    </Text>
  );
}
