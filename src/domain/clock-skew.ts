/** One reading of the database's clock, between two of this machine's. */
interface ClockReading {
  askedAt: Date;
  /** What the database's clock said, at some moment between the two others. */
  databaseAt: Date;
  answeredAt: Date;
}

/**
 * How far this machine's clock is ahead of the database's, in milliseconds; negative when it is behind. The smallest difference that the
 * reading allows, so that a slow answer is no difference: 0 while the database's time lies between asking and the answer.
 */
export function clockSkewMs({ askedAt, databaseAt, answeredAt }: ClockReading): number {
  const ahead = askedAt.getTime() - databaseAt.getTime();
  const behind = answeredAt.getTime() - databaseAt.getTime();
  return Math.max(ahead, Math.min(0, behind));
}
