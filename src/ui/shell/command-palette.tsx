"use client";
import "@mantine/spotlight/styles.css";
import { Kbd } from "@mantine/core";
import {
  createSpotlight,
  SpotlightAction,
  SpotlightActionsGroup,
  SpotlightActionsList,
  SpotlightEmpty,
  SpotlightRoot,
  SpotlightSearch,
  useSpotlight,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useEffect } from "react";
import { CalmStatus } from "@/ui/display/calm-status";
import { PauseDialog } from "@/ui/schedule/pause-dialog";
import { useScheduleControl } from "@/ui/schedule/use-schedule-control";
import { usePreferences } from "@/ui/time/preferences";
import classes from "./command-palette.module.css";
import { type CommandGroup, matchCommands } from "./match-commands";
import type { Command, PaletteAction } from "./palette-commands";
import { commandIcon } from "./palette-icons";
import { SHORTCUTS } from "./shortcuts";
import { usePaletteAction } from "./use-palette-action";
import { usePaletteCommands } from "./use-palette-commands";

const [store, spotlight] = createSpotlight();
const OPTIONS_ID = "command-palette-options";
/** For the scroll area that the list is made of, which Spotlight's types do not mention. The part that scrolls is the list box. */
const LIST_BOX = { viewportProps: { id: OPTIONS_ID, role: "listbox", "aria-label": "What there is" } };
const optionId = ({ id }: Command) => `command-${id}`;
/** Its dialog has no title of its own to be named by. */
const DIALOG_NAME = { content: { "aria-label": "Find or do something" } };

interface CommandPaletteProps {
  opened: boolean;
  onClose: () => void;
  onShowShortcuts: () => void;
  /** The focus goes back to where it was, because no other dialog follows. */
  isLast: boolean;
}

/** Everything that one can go to or do from here, by typing a part of its name. */
export function CommandPalette({ opened, onClose, onShowShortcuts, isLast }: CommandPaletteProps) {
  const { query } = useSpotlight(store);
  const { commands, schedule } = usePaletteCommands(opened);
  const control = useScheduleControl(schedule);
  const act = usePaletteAction(control, onShowShortcuts);
  useEffect(() => (opened ? spotlight.open() : spotlight.close()), [opened]);
  return (
    <>
      <SpotlightRoot
        store={store}
        shortcut={null}
        onSpotlightClose={onClose}
        attributes={DIALOG_NAME}
        returnFocus={isLast && !control.isAsking}
        transitionProps={{ duration: 0 }}
        overlayProps={{ blur: 0 }}
        scrollable
        maxHeight="min(28rem, 70dvh)"
        classNames={{ action: classes.action, actionsGroup: classes.group }}
      >
        <Results groups={matchCommands(commands, query)} onAct={act} />
      </SpotlightRoot>
      {schedule && <PauseDialog schedule={schedule} control={control} />}
    </>
  );
}

function Results({ groups, onAct }: { groups: CommandGroup[]; onAct: (action: PaletteAction) => void }) {
  const { selected, query } = useSpotlight(store);
  const shown = groups.flatMap(({ commands }) => commands);
  const lacksChoice = selected < 0 && query !== "" && shown.length > 0;
  // Spotlight chooses when something is typed; what is found may come later than that.
  useEffect(() => {
    if (lacksChoice) store.updateState((state) => ({ ...state, selected: 0 }));
  }, [lacksChoice]);
  const active = shown[selected];
  return (
    <>
      <SpotlightSearch
        placeholder="Find or do something"
        aria-label="Find or do something"
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={OPTIONS_ID}
        aria-autocomplete="list"
        aria-activedescendant={active && optionId(active)}
        leftSection={<IconSearch size={20} stroke={1.7} aria-hidden />}
      />
      <SpotlightActionsList {...LIST_BOX}>
        {groups.map((group) => (
          <SpotlightActionsGroup key={group.name} label={group.name} role="group" aria-label={group.name}>
            {group.commands.map((command) => (
              <Option key={command.id} command={command} isActive={command === active} onAct={onAct} />
            ))}
          </SpotlightActionsGroup>
        ))}
      </SpotlightActionsList>
      {shown.length === 0 && <SpotlightEmpty>Nothing here has that name. Try another word.</SpotlightEmpty>}
      <CalmStatus>{shown.length === 1 ? "1 match" : `${shown.length} matches`}</CalmStatus>
    </>
  );
}

interface OptionProps {
  command: Command;
  isActive: boolean;
  onAct: (action: PaletteAction) => void;
}

/** Mantine keeps an id for itself, and the search names the chosen option by it; Enter takes the one that is marked as selected. */
function markOption(element: HTMLElement | null, command: Command, isActive: boolean): void {
  element?.setAttribute("id", optionId(command));
  element?.toggleAttribute("data-selected", isActive);
}

function Option({ command, isActive, onAct }: OptionProps) {
  const { singleKeys } = usePreferences();
  const { action } = command;
  const keys = singleKeys && action.does === "go" ? SHORTCUTS.find(({ href }) => href === action.href)?.keys : undefined;
  const CommandIcon = commandIcon(command);
  return (
    <SpotlightAction
      ref={(element) => markOption(element, command, isActive)}
      role="option"
      aria-selected={isActive}
      label={command.label}
      {...(command.description === undefined ? {} : { description: command.description })}
      leftSection={<CommandIcon size={20} stroke={1.7} aria-hidden />}
      rightSection={keys && <Kbd aria-hidden>{keys.join(" ")}</Kbd>}
      onClick={() => onAct(action)}
    />
  );
}
