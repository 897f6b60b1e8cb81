/** How many places there are, are taken, and are waited for. */
export interface TurnsUse {
  size: number;
  taken: number;
  waiting: number;
}

/** Places that are taken in turn. */
export interface FairTurns {
  /**
   * Waits for a place and gives the function that frees it; null when the signal fires first, or when there are no more turns.
   * @param group Groups that wait get the next place one after the other, however many each has waiting.
   */
  take(group: string, signal?: AbortSignal): Promise<(() => void) | null>;
  /** A place that the group may have now, as `take` gives it; null when there is none. */
  takeFree(group: string): (() => void) | null;
  use(): TurnsUse;
  /** Whoever waits gets no place, and nobody after them. */
  close(): void;
}

type Answer = (leave: (() => void) | null) => void;

/**
 * Shares `size` places between those who ask. Within a group the first to ask is the first to get one.
 * @param share Places that one group may have at the same time, though others stay empty meanwhile. By default as many as there are.
 */
export function createFairTurns(size: number, share = size): FairTurns {
  // In the order of their next turn; none of them is empty.
  const waiting = new Map<string, Set<Answer>>();
  const taken = new Map<string, number>();
  let free = size;
  let closed = false;

  const mayTake = (group: string) => free > 0 && (taken.get(group) ?? 0) < share;

  function place(group: string): () => void {
    free -= 1;
    taken.set(group, (taken.get(group) ?? 0) + 1);
    let left = false;
    return () => {
      if (!left) giveBack(group);
      left = true;
    };
  }

  /** Whoever waits gets the place before anybody can come and ask. */
  function giveBack(group: string) {
    free += 1;
    const others = (taken.get(group) ?? 0) - 1;
    if (others > 0) taken.set(group, others);
    else taken.delete(group);
    for (const [next, answers] of waiting) if (mayTake(next)) return serve(next, answers);
  }

  function serve(group: string, answers: Set<Answer>) {
    const [answer] = answers;
    waiting.delete(group);
    if (answers.size > 1) waiting.set(group, answers);
    if (answer) {
      answers.delete(answer);
      answer(place(group));
    }
  }

  function wait(group: string, signal?: AbortSignal): ReturnType<FairTurns["take"]> {
    return new Promise((resolve) => {
      const answer: Answer = (leave) => {
        signal?.removeEventListener("abort", stopWaiting);
        resolve(leave);
      };
      const stopWaiting = () => {
        const answers = waiting.get(group);
        answers?.delete(answer);
        if (answers?.size === 0) waiting.delete(group);
        resolve(null);
      };
      signal?.addEventListener("abort", stopWaiting, { once: true });
      waiting.set(group, (waiting.get(group) ?? new Set()).add(answer));
    });
  }

  function takeFree(group: string) {
    return !closed && mayTake(group) ? place(group) : null;
  }

  return {
    async take(group, signal) {
      if (closed || signal?.aborted) return null;
      return takeFree(group) ?? wait(group, signal);
    },
    takeFree,
    use: () => ({ size, taken: size - free, waiting: [...waiting.values()].reduce((sum, answers) => sum + answers.size, 0) }),
    close() {
      closed = true;
      for (const answers of waiting.values()) for (const answer of answers) answer(null);
      waiting.clear();
    },
  };
}
