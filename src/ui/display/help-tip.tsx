"use client";
import { ActionIcon, Popover, Text } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";

interface HelpTipProps {
  /** What is explained: "Duration". */
  about: string;
  /** One or two sentences. */
  children: string;
}

/** A "?" that explains on a click, a tap or Enter, not on hovering alone; Esc closes it. */
export function HelpTip({ about, children }: HelpTipProps) {
  return (
    <Popover width={280} withArrow shadow="md">
      <Popover.Target>
        <ActionIcon variant="transparent" color="gray" c="dimmed" size={24} aria-label={`About ${about}`}>
          <IconHelpCircle size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" ta="left" fw={400}>
          {children}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
