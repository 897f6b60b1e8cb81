import type { Schedule } from "@/domain/schedule";
import { differingFields } from "./draft-words";
import type { Edited } from "./kept-draft";
import { draftOf } from "./schedule-draft";

/**
 * Whether, since the person began to edit, somebody saved one of the form's fields or deleted the schedule. A pause, a run that is left
 * out and the switch make versions, too, but have no field here: saving over them takes nothing back.
 */
export function isOvertaken(begun: Edited, stored: Schedule | null): boolean {
  return stored ? differingFields(begun.base, draftOf(stored)).length > 0 : begun.version > 0;
}

/**
 * The version that a save is over. The server refuses it where somebody's fields would be lost unseen.
 * @param overwrite the person has seen them
 */
export function versionToSave(begun: Edited, stored: Schedule | null, overwrite: boolean): number {
  // Where somebody deleted the schedule meanwhile, it is made anew.
  if (!stored) return 0;
  return isOvertaken(begun, stored) && !overwrite ? begun.version : stored.version;
}
