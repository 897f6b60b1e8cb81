const DATABASE = "database-";

/**
 * Under which an error stands in the log and is shown to the person. A page that fails learns nothing of the error but its id, so the
 * id also says whether it is the database that is away.
 * @param random what makes it the only one
 */
export function errorIdOf(random: string, isDatabaseAway: boolean): string {
  return isDatabaseAway ? DATABASE + random : random;
}

/** Whether the error of this id was that the database did not answer. */
export function saysDatabaseAway(errorId: string): boolean {
  return errorId.startsWith(DATABASE);
}
