/** Where the form's inputs are, for who leads to them. The expression's input has a reference of its own. */
export const FIELD_IDS = {
  presetId: "schedule-preset",
  timeZone: "schedule-time-zone",
  runLimitMinutes: "schedule-run-limit",
} as const;
