import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { guardUnsaved, leaveTo, loseUnsaved, mayLeave } from "./leave-guard";

const ask = vi.fn<() => boolean>();
const assign = vi.fn<(path: string) => void>();
const lose = vi.fn<() => void>();
let release = () => {};

beforeEach(() => {
  vi.stubGlobal("window", Object.assign(new EventTarget(), { confirm: ask, location: { assign } }));
});

afterEach(() => {
  release();
  vi.resetAllMocks();
  vi.unstubAllGlobals();
});

describe("leaving a page with unsaved changes", () => {
  beforeEach(() => {
    release = guardUnsaved(lose);
  });

  it.each([true, false])("asks, and loses nothing by the answer %s", (answer) => {
    ask.mockReturnValue(answer);
    expect(mayLeave()).toBe(answer);
    expect(ask).toHaveBeenCalledOnce();
    expect(lose).not.toHaveBeenCalled();
    expect(browserAsks(), "what is left undone leaves them guarded").toBe(true);
  });

  it("loses them once it is certain", () => {
    loseUnsaved();
    expect(lose).toHaveBeenCalledOnce();
  });

  it("loses nothing on the way to a page from which one comes back to them, where the browser does not ask either", () => {
    leaveTo("/sign-in");
    expect(assign).toHaveBeenCalledWith("/sign-in");
    expect(lose).not.toHaveBeenCalled();
    expect(browserAsks()).toBe(false);
  });
});

describe("leaving a page without unsaved changes", () => {
  it("asks nothing, loses nothing and is free once they are saved", () => {
    guardUnsaved(lose)();
    expect(mayLeave()).toBe(true);
    loseUnsaved();
    expect(browserAsks()).toBe(false);
    expect(ask).not.toHaveBeenCalled();
    expect(lose).not.toHaveBeenCalled();
  });
});

/** Whether the browser would ask on closing the tab. */
function browserAsks(): boolean {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}
