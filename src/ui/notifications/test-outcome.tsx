import { Alert } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** Whether a test arrived, and what the receiver said. */
export function TestOutcome({ isDelivered, children }: { isDelivered: boolean; children: ReactNode }) {
  const [OutcomeIcon, color, title] = isDelivered
    ? [IconCircleCheck, "green", "The test was delivered"]
    : [IconAlertTriangle, "red", "The test was not delivered"];
  return (
    <Alert color={color} icon={<OutcomeIcon aria-hidden />} title={title}>
      {children}
    </Alert>
  );
}
