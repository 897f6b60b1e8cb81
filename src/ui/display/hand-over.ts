/** What somebody was doing with a control when another took its place. */
export interface Handover {
  isFocused: boolean;
  isPressed: boolean;
  /** What they had typed; null when nothing. */
  typed: string | null;
}

const PRESSING_KEYS = ["Enter", "ArrowDown", "ArrowUp"];

/** Whether a key opens what a control stands for. In a field that is typed into, a space is text. */
export function isPressingKey(key: string, isTypedInto: boolean): boolean {
  return key === " " ? !isTypedInto : PRESSING_KEYS.includes(key);
}

/** Whether a button in the holder was pressed before the page could hear of it: a pointer left the focus there, which no key did. */
export function wasPressed(holder: Element): boolean {
  return holder.querySelector("button:focus:not(:focus-visible)") !== null;
}

/** Reads it in time. Whoever has gone on to something else meanwhile is not called back: to them nothing is pressed any more. */
export function readHandover(holder: Element, isPressed: boolean): Handover {
  const field = document.activeElement;
  const isFocused = field !== null && holder.contains(field);
  const isElsewhere = field !== null && !isFocused && !field.contains(holder);
  const typed = isFocused && field instanceof HTMLInputElement && field.value !== field.defaultValue ? field.value : null;
  return { isFocused, isPressed: isPressed && !isElsewhere, typed };
}

/** Lets whoever had begun go on at the control that is in the holder now: focused, pressed, and with what they typed. */
export function goOn(holder: Element, { isFocused, isPressed, typed }: Handover): void {
  const control = holder.querySelector<HTMLElement>("button, input:not([type=hidden])");
  if (!control || !(isFocused || isPressed)) return;
  control.focus({ preventScroll: true });
  const value = control instanceof HTMLInputElement ? control.value : null;
  // In a turn of its own: what opens while it is being made stays hidden.
  setTimeout(() => {
    if (typed !== null && control instanceof HTMLInputElement) type(control, control.value === value ? typed : typed + control.value);
    else if (isPressed) control.click();
  }, 0);
}

/** As if it was typed there: React hears of a value only where the element's own setter and an event tell it. */
function type(input: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, text);
  input.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
}
