/** What a person does before anything else on a page, be it with a mouse, a finger, a keyboard or a screen reader. */
const SIGNS = ["pointermove", "pointerdown", "keydown", "focusin", "touchstart"] as const;

let firstUse: Promise<void> | undefined;

/** Resolves at the first sign that somebody uses the page: what only they need is loaded from then on, and not while the page comes alive. */
export function whenUsed(): Promise<void> {
  firstUse ??= new Promise((resolve) => {
    function begin() {
      for (const sign of SIGNS) window.removeEventListener(sign, begin, true);
      resolve();
    }
    for (const sign of SIGNS) window.addEventListener(sign, begin, { capture: true, passive: true });
  });
  return firstUse;
}
