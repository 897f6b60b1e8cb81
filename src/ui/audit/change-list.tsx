import { Stack, Text } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import type { Changes } from "@/domain/audit";
import { changeWords } from "@/domain/change-words";

/** Old and new values in words, a line for each field. With `onlyNew` there was nothing before. */
export function ChangeList({ changes, timeZone, onlyNew = false }: { changes: Changes; timeZone: string; onlyNew?: boolean }) {
  return (
    <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none", overflowWrap: "anywhere" }}>
      {changeWords(changes, timeZone).map(({ field, from, to }) => (
        <Text component="li" size="sm" key={field}>
          <Text span inherit c="dimmed">
            {field}:{" "}
          </Text>
          {!onlyNew && (
            <>
              <Text span inherit td="line-through">
                {from}
              </Text>{" "}
              <IconArrowRight size={14} role="img" aria-label="now" style={{ verticalAlign: "-2px" }} />{" "}
            </>
          )}
          <Text span inherit fw={600}>
            {to}
          </Text>
        </Text>
      ))}
    </Stack>
  );
}
