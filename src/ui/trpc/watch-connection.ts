const ANSWERS_WITHIN_MS = 5_000;

interface Surroundings {
  /** Tells of "online" and "offline", as the window does. */
  browser: EventTarget;
  /** Resolves to whether the server answers, whatever it says. */
  reaches: () => Promise<boolean>;
}

/**
 * Says whether there is a connection, until the function that is returned is called. A browser calls itself offline when its machine has no
 * network; a Milkrun on the same machine is reached all the same, so it is asked before anything waits for the network.
 */
export function watchConnection(setOnline: (online: boolean) => void, { browser, reaches }: Surroundings = here()): () => void {
  let lastEvent = 0;
  const back = () => {
    lastEvent++;
    setOnline(true);
  };
  const lose = async () => {
    const event = ++lastEvent;
    const reached = await reaches();
    // Back meanwhile, it is online whatever came of the question; lost once more, a newer question counts.
    if (event === lastEvent) setOnline(reached);
  };
  const lost = () => void lose();
  browser.addEventListener("online", back);
  browser.addEventListener("offline", lost);
  return () => {
    lastEvent++;
    browser.removeEventListener("online", back);
    browser.removeEventListener("offline", lost);
  };
}

function here(): Surroundings {
  return { browser: window, reaches: () => fetch("/livez", { cache: "no-store", signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).then(isAnswer, isNone) };
}

const isAnswer = () => true;
const isNone = () => false;
