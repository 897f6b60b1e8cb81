import type { PresetDefinition } from "@/domain/preset";
import { moved } from "./reorder";

/** The sources of a preset in order, and those of them that its runs leave out. */
export type SourceChoice = Required<Pick<PresetDefinition, "sourceIds" | "offSourceIds">>;

export const NO_SOURCES: SourceChoice = { sourceIds: [], offSourceIds: [] };

/** Makes another choice of one. */
export type ChoiceEdit = (choice: SourceChoice) => SourceChoice;

/** Puts a source behind the others. */
export function adding(id: string): ChoiceEdit {
  return ({ sourceIds, ...rest }) => ({ ...rest, sourceIds: [...sourceIds, id] });
}

/** Takes a source out; taken in again, it is on. */
export function removing(id: string): ChoiceEdit {
  return (choice) => ({ ...turning(id, true)(choice), sourceIds: choice.sourceIds.filter((each) => each !== id) });
}

/** Has the runs of the preset collect a source, or leave it out. */
export function turning(id: string, isOn: boolean): ChoiceEdit {
  return ({ offSourceIds, ...rest }) => {
    const others = offSourceIds.filter((each) => each !== id);
    return { ...rest, offSourceIds: isOn ? others : [...others, id] };
  };
}

/** Moves a source by so many places; it stays where it is at either end, and when it is not there. */
export function moving(id: string, by: 1 | -1): ChoiceEdit {
  return ({ sourceIds, ...rest }) => {
    const from = sourceIds.indexOf(id);
    return { ...rest, sourceIds: moved(sourceIds, from, from + by) };
  };
}
