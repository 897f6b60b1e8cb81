/** Classes of SQLSTATE in which the data is refused: values that do not fit, and constraints. Trying again changes nothing. */
const DATA_CLASSES = ["22", "23"];

/** Whether the database refused what a raw query was to write. A lost connection, a deadlock or a full disk is not the rows' fault. */
export function isRowAtFault(error: unknown): boolean {
  const meta = error instanceof Error && "meta" in error ? (error.meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } }) : undefined;
  const code = meta?.driverAdapterError?.cause?.originalCode;
  return typeof code === "string" && DATA_CLASSES.includes(code.slice(0, 2));
}
