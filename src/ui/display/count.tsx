import { Text } from "@mantine/core";

const NUMBERS = new Intl.NumberFormat("en");

/** "12,480" */
export function formatCount(count: number): string {
  return NUMBERS.format(count);
}

/** A number in a table; a zero recedes. */
export function Count({ count }: { count: number }) {
  return (
    <Text span inherit c={count === 0 ? "dimmed" : undefined}>
      {formatCount(count)}
    </Text>
  );
}
