const AGAIN_MS = 2_000;
/** Two minutes: longer than a restart takes. */
const MOST_TRIES = 60;

/**
 * Loads a part of a page that is not there from the beginning. While the server does not answer it tries again, for two minutes: a part
 * that is missing must not take the page, and what was typed there, with it.
 */
export async function loadPart<Part>(load: () => Promise<Part>, againMs = AGAIN_MS): Promise<Part> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (error) {
      if (!isMissingChunk(error) || tries === MOST_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  }
}

/** By name: the bundler's runtime makes these errors. */
function isMissingChunk(error: unknown): boolean {
  return error instanceof Error && error.name === "ChunkLoadError";
}
