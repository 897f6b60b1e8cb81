import { AppError } from "./errors";
import type { ChannelDefinition, ChannelKind } from "./notification-channel";
import { originOf } from "./source-header";

/** A stored channel, as far as it decides where its secret may go. */
export interface SecretHolder {
  kind: ChannelKind;
  /** Where it leads; of a Slack-style webhook the site alone, of mail null. */
  address: string | null;
  hasSecret: boolean;
}

/** The secret that a person entered; null to have none, undefined to keep what there is. */
export function enteredSecret(definition: ChannelDefinition): string | null | undefined {
  if (definition.kind === "slack") return definition.address;
  return definition.kind === "ntfy" ? definition.token : undefined;
}

/** @throws AppError `validation` at `kind` */
export function requireSameKind(stored: Pick<SecretHolder, "kind">, { kind }: ChannelDefinition): void {
  if (stored.kind !== kind) throw new AppError("validation", "A channel keeps its kind. Make a new channel instead.", { field: "kind" });
}

/** What is said where a Slack-style webhook has no address, neither entered nor stored. */
export function addressMissing(): AppError {
  return new AppError("validation", "Enter the address that the service gave you.", { field: "address" });
}

/**
 * A stored token goes to the site only that it was entered for.
 * @throws AppError `validation` at `token`
 */
export function requireOwnToken({ hasSecret, address }: SecretHolder, definition: ChannelDefinition): void {
  if (definition.kind !== "ntfy" || definition.token !== undefined || !hasSecret || address === null) return;
  if (originOf(address) === originOf(definition.address)) return;
  const message = `The token was entered for ${originOf(address)}. Enter it again, so that it is not sent to another site by mistake.`;
  throw new AppError("validation", message, { field: "token" });
}

/** Where the secret of a test comes from. `made`: a key of this test only, which no receiver knows. */
export type DraftSecret = { from: "entered"; value: string } | { from: "stored" } | { from: "made" } | { from: "nowhere" };

/**
 * Decides what is secret about a test of values that are not saved. What is stored is used only where it went before: a webhook is signed with
 * the stored key at the stored address only, a token goes to its own site only, and a stored address is the destination itself.
 * @param stored The channel that is being changed; null for a new one.
 * @throws AppError `validation` at `kind`, `token` or `address`
 */
export function planDraftSecret(stored: SecretHolder | null, definition: ChannelDefinition): DraftSecret {
  if (stored) requireSameKind(stored, definition);
  if (stored) requireOwnToken(stored, definition);
  const kept: DraftSecret = stored?.hasSecret ? { from: "stored" } : { from: "nowhere" };
  if (definition.kind === "email") return { from: "nowhere" };
  if (definition.kind === "webhook") return stored?.hasSecret && stored.address === definition.address ? kept : { from: "made" };
  const entered = enteredSecret(definition);
  if (entered === undefined && definition.kind === "slack" && kept.from === "nowhere") throw addressMissing();
  if (entered === undefined) return kept;
  return entered === null ? { from: "nowhere" } : { from: "entered", value: entered };
}
