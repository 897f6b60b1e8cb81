import { Text } from "@mantine/core";

/** Stands where a row has no value, so that a cell is never silent. */
export function NoValue({ children = "None" }: { children?: string }) {
  return (
    <Text span inherit c="dimmed">
      {children}
    </Text>
  );
}
