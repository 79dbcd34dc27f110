/** How responsive a page was. */
export interface Responsiveness {
  /** The most that a timer was late. */
  readonly longestDelayMs: number;
  /** The time that 99 % of the timers were not later than. */
  readonly delayMs99: number;
  readonly framesPerSecond: number;
  readonly longestFrameMs: number;
  /** Tasks of 50 ms or more, which browsers call long. */
  readonly longTasks: readonly number[];
}

/** Observes a page until the function that it leaves in the page is called. */
export function observe(sampleMs: number): void {
  const [delays, frames, longTasks]: number[][] = [[], [], []];
  const start = performance.now();
  let isRunning = true;
  let expected = start + sampleMs;
  const sample = () => {
    delays.push(performance.now() - expected);
    expected = performance.now() + sampleMs;
    if (isRunning) setTimeout(sample, sampleMs);
  };
  setTimeout(sample, sampleMs);
  const frame = (time: number) => {
    frames.push(time);
    if (isRunning) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const observer = new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
  });
  observer.observe({ type: 'longtask' });
  Object.assign(window, {
    responsiveness: () => {
      isRunning = false;
      observer.disconnect();
      const sorted = [...delays].sort((a, b) => a - b);
      const gaps = frames.slice(1).map((time, i) => time - frames[i]);
      return {
        longestDelayMs: Math.max(...delays),
        delayMs99: sorted[Math.floor(0.99 * sorted.length)],
        framesPerSecond: (1000 * gaps.length) / (frames[frames.length - 1] - frames[0]),
        longestFrameMs: Math.max(...gaps),
        longTasks,
      };
    },
  });
}

/** Presses a button, and returns the seconds until the progress has reached the end of the first epoch. */
export async function firstEpoch(title: string): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === title);
  const start = performance.now();
  button?.click();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    const progress = document.querySelector('progress');
    // Before the click was handled, the progress is that of the training before.
    if (progress !== null && progress.value >= 1 && progress.value < progress.max)
      return (performance.now() - start) / 1000;
  }
}
