"use client";
import { Skeleton } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./when-near.module.css";

interface WhenNearProps {
  /** About how high it is, in px: nothing jumps when it comes. */
  height: number;
  children: ReactNode;
}

/** What stands far below: there once it is half a window away from being seen. Paper, which waits for nothing, shows what was there by then. */
export function WhenNear({ height, children }: WhenNearProps) {
  const [isNear, setIsNear] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && setIsNear(true), { rootMargin: "50%" });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return isNear ? children : <Skeleton ref={place} height={height} radius="lg" className={classes.place} />;
}
