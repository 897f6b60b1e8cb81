import { Stack, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import type { FieldChange } from "@/domain/item-change";

interface FieldChangesProps {
  changes: readonly FieldChange[];
  /** Changed fields beyond these. */
  more?: number;
  /** Lines that a value takes at most; the rest of it is cut. */
  lines?: number;
}

/** What each field was and is, as text: what was fetched is never rendered as a page. */
export function FieldChanges({ changes, more = 0, lines }: FieldChangesProps) {
  return (
    <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none", overflowWrap: "anywhere" }}>
      {changes.map(({ field, from, to }) => (
        <Text component="li" size="sm" fw={400} key={field} lineClamp={lines}>
          <Text span inherit c="dimmed">
            {field}:{" "}
          </Text>
          <Value text={from} isOld /> <IconArrowRight size={14} role="img" aria-label="now" style={{ verticalAlign: "-2px" }} /> <Value text={to} />
        </Text>
      ))}
      {more > 0 && (
        <Text component="li" size="sm" fw={400} c="dimmed">
          And {more} more {more === 1 ? "field" : "fields"}.
        </Text>
      )}
    </Stack>
  );
}

function Value({ text, isOld = false }: { text: string | null; isOld?: boolean }) {
  if (text === null) {
    return (
      <Text span inherit c="dimmed">
        nothing
      </Text>
    );
  }
  return isOld ? (
    <Text component="del" inherit td="line-through">
      {text}
    </Text>
  ) : (
    <Text component="ins" inherit fw={600} td="none">
      {text}
    </Text>
  );
}
