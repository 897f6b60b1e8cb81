/** Tells the test something. */
export function tell(event: object): void {
  process.send?.(event);
}

/** Does what the test says, and ends when the test is gone. */
export function answerCommands<Command>(answer: (command: Command) => void): void {
  process.on("message", (command) => answer(command as Command));
  process.on("disconnect", () => process.exit(1));
}
