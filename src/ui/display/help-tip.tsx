"use client";
import { ActionIcon, Popover, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHelpCircle } from "@tabler/icons-react";

interface HelpTipProps {
  /** What is explained: "Duration". */
  about: string;
  /** One or two sentences. */
  children: string;
}

/** A "?" that explains on a click, a tap or Enter, not on hovering alone; Esc or going on closes it. */
export function HelpTip({ about, children }: HelpTipProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover opened={opened} onDismiss={close} width={280} withArrow shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="transparent"
          c="dimmed"
          size={24}
          aria-label={`About ${about}`}
          onClick={toggle}
          onBlur={close}
          // The popover itself hears Esc only where the focus is inside of it.
          onKeyDown={(event) => event.key === "Escape" && close()}
        >
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
