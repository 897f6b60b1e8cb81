import { Badge, type BadgeProps } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";

/** How a state is meant: it decides the colour, never the meaning alone (an icon and a word stand beside it). */
export type Tone = "good" | "busy" | "warning" | "bad" | "quiet";

const COLORS: Record<Tone, string> = { good: "green", busy: "blue", warning: "yellow", bad: "red", quiet: "gray" };

/** The icon's shade keeps 3:1 against the page and the badge in both colour schemes. */
const ICON_COLORS: Record<Tone, string> = {
  good: "light-dark(var(--mantine-color-green-9), var(--mantine-color-green-4))",
  busy: "light-dark(var(--mantine-color-blue-8), var(--mantine-color-blue-3))",
  warning: "light-dark(#8a5300, var(--mantine-color-yellow-4))",
  bad: "light-dark(var(--mantine-color-red-9), var(--mantine-color-red-4))",
  quiet: "light-dark(var(--mantine-color-gray-7), var(--mantine-color-dark-1))",
};

/** What a state looks like everywhere: its tone, its icon and its word. */
export interface StatusLook {
  tone: Tone;
  icon: Icon;
  word: string;
}

/** A state as colour, icon and word. The word has the text's own colour, so that it stays readable on every tint. */
export function StatusBadge({ look, ...props }: { look: StatusLook } & Omit<BadgeProps, "color" | "variant" | "leftSection">) {
  const StatusIcon = look.icon;
  return (
    <Badge
      variant="light"
      color={COLORS[look.tone]}
      c="var(--mantine-color-text)"
      size="lg"
      tt="none"
      fw={600}
      radius="sm"
      leftSection={<StatusIcon size={14} stroke={2.2} color={ICON_COLORS[look.tone]} aria-hidden />}
      styles={{ root: { height: "auto", minHeight: "1.5rem", overflow: "visible" }, label: { whiteSpace: "normal", overflow: "visible" } }}
      {...props}
    >
      {look.word}
    </Badge>
  );
}
