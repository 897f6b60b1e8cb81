/** Who does something in an organization. */
export interface Actor {
  /** A person's id or an API key's. */
  id: string;
  name: string;
  /** Set for an API key. */
  apiKeyPrefix: string | null;
}
