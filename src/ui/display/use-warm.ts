import { useEffect } from "react";
import { whenUsed } from "./first-use";
import { loadPart } from "./load-part";

/** Loads a part at the first use of the page, so that it is there when it is wanted. `load` stays the same function. */
export function useWarm(load: () => Promise<unknown>): void {
  useEffect(() => {
    void whenUsed().then(() => loadPart(load));
  }, [load]);
}
