"use client";
import { ErrorState } from "@/ui/states/error-state";
import { StillHere } from "@/ui/states/still-here";
import { overtakenBy } from "./overtaken-by";
import { OvertakenNotice } from "./overtaken-notice";

interface SaveFailureProps {
  what: "source" | "preset";
  /** Null where nothing failed. */
  failure: unknown;
  /** Where what is stored can be seen. */
  href: string;
  onTake: () => void;
  /** Saves over the revision of somebody else's that was in the way. */
  onKeep: (theirs: string) => void;
}

/** Why a form was not saved, and what can be done about it. */
export function SaveFailure({ what, failure, href, onTake, onKeep }: SaveFailureProps) {
  if (failure === null) return null;
  const theirs = overtakenBy(failure);
  if (theirs !== undefined) return <OvertakenNotice what={what} href={href} onTake={onTake} onKeep={() => onKeep(theirs)} />;
  return <ErrorState title={`The ${what} was not saved`} error={failure} effect={<StillHere error={failure}>Your changes are still here.</StillHere>} />;
}
