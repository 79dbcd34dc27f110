import { useEffect, useState } from 'preact/hooks';

/** Counts up at an interval while the page is visible. */
export function useTicks(intervalMs: number): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setTick((count) => count + 1);
    }, intervalMs);
    return () => {
      clearInterval(timer);
    };
  }, [intervalMs]);
  return tick;
}
