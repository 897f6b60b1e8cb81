import { Text } from "@mantine/core";

/** Stands on a page whose reader may look but not change; the page then shows text, not disabled inputs. */
export function ReadOnlyNotice({ changedBy = "Owners, admins and editors" }: { changedBy?: string }) {
  return (
    <Text size="sm" c="dimmed">
      You can view this. {changedBy} can change it.
    </Text>
  );
}
