/** Places that are taken in turn. */
export interface FairTurns {
  /**
   * Waits for a place and gives the function that frees it; null when the signal fires first, or when there are no more turns.
   * @param group Groups that wait get the next place one after the other, however many each has waiting.
   */
  take(group: string, signal?: AbortSignal): Promise<(() => void) | null>;
  /** A place that is free now, as `take` gives it; null when there is none. */
  takeFree(): (() => void) | null;
  /** Whoever waits gets no place, and nobody after them. */
  close(): void;
}

type Answer = (leave: (() => void) | null) => void;

/** Shares `size` places between those who ask. Within a group the first to ask is the first to get one. */
export function createFairTurns(size: number): FairTurns {
  // In the order of their next turn; none of them is empty.
  const waiting = new Map<string, Set<Answer>>();
  let free = size;
  let closed = false;

  /** A place goes from hand to hand: put back while somebody waits, it could go to whoever comes just then. */
  function passOn() {
    const [turn] = waiting;
    if (!turn) {
      free += 1;
      return;
    }
    const [group, answers] = turn;
    const [answer] = answers;
    waiting.delete(group);
    if (answers.size > 1) waiting.set(group, answers);
    if (answer) {
      answers.delete(answer);
      answer(place());
    }
  }

  function place(): () => void {
    let left = false;
    return () => {
      if (!left) passOn();
      left = true;
    };
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

  function takeFree() {
    if (closed || free === 0) return null;
    free -= 1;
    return place();
  }

  return {
    async take(group, signal) {
      if (closed || signal?.aborted) return null;
      return takeFree() ?? wait(group, signal);
    },
    takeFree,
    close() {
      closed = true;
      for (const answers of waiting.values()) for (const answer of answers) answer(null);
      waiting.clear();
    },
  };
}
