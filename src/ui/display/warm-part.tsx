"use client";
import { type ComponentType, type KeyboardEvent, type PointerEvent, useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import { whenUsed } from "./first-use";
import { goOn, type Handover, isPressingKey, readHandover, wasPressed } from "./hand-over";
import { loadPart } from "./load-part";

const NEVER_ON_THE_SERVER = () => null;

/**
 * A part of a page, such as a menu, whose code is loaded when somebody begins to use the page and not with it. Until then `Resting` stands
 * there, which looks like the part at rest: one button or one field. Whoever is faster than the code loses nothing: their focus, their
 * press and what they typed go over to the part.
 */
export function warmPart<Props extends object>(load: () => Promise<ComponentType<Props>>, Resting: ComponentType<Props>): ComponentType<Props> {
  const part = lateValue(load);

  return function WarmPart(props: Props) {
    const holder = useRef<HTMLDivElement>(null);
    const isPressed = useRef(false);
    const handover = useRef<Handover>(null);
    const press = useCallback(() => {
      isPressed.current = true;
      part.load();
    }, []);
    const follow = useCallback(
      (tell: () => void) => {
        if (holder.current && wasPressed(holder.current)) press();
        return part.follow(() => {
          if (holder.current) handover.current = readHandover(holder.current, isPressed.current);
          tell();
        });
      },
      [press],
    );
    const Part = useSyncExternalStore(follow, part.get, NEVER_ON_THE_SERVER);

    // Not earlier: the part itself has to be settled, as a list sets its text when it begins.
    useEffect(() => {
      if (!Part || !holder.current || !handover.current) return;
      goOn(holder.current, handover.current);
      handover.current = null;
    }, [Part]);

    return (
      <div ref={holder} style={{ display: "contents" }} {...(!Part && pressing(press))}>
        {Part ? <Part {...props} /> : <Resting {...props} />}
      </div>
    );
  };
}

/** How a control at rest hears of a press: by a mouse as it begins, as its end may find another control there; by a finger, which may only scroll, at its end. */
function pressing(press: () => void) {
  return {
    onPointerDownCapture({ pointerType, button }: PointerEvent) {
      if (pointerType === "mouse" && button === 0) press();
    },
    onClickCapture: press,
    onKeyDownCapture(event: KeyboardEvent) {
      const { key, target } = event;
      if (!isPressingKey(key, target instanceof HTMLInputElement && !target.readOnly)) return;
      // It neither submits the form around it nor scrolls the page.
      event.preventDefault();
      press();
    },
  };
}

/** Loads once: when it is told to, or at the first use of the page after somebody follows it. */
function lateValue<Value>(loadIt: () => Promise<Value>) {
  let value: Value | null = null;
  let isWanted = false;
  let isAsked = false;
  const followers = new Set<() => void>();

  async function load() {
    if (isAsked) return;
    isAsked = true;
    try {
      value = await loadPart(loadIt);
    } finally {
      // Given up, it is asked for again by the next press.
      isAsked = value !== null;
    }
    for (const tell of [...followers]) tell();
  }

  return {
    get: () => value,
    load: () => void load(),
    follow(tell: () => void) {
      followers.add(tell);
      if (!isWanted) void whenUsed().then(load);
      isWanted = true;
      return () => void followers.delete(tell);
    },
  };
}
