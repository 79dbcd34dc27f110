/**
 * Measures whether the lab stays responsive while it trains, and whether its memory stays flat over several trainings, in Chromium with
 * the built-in digits and the report's CNN. Prints a table; requires a build.
 */
import { type CDPSession, chromium, type Page } from 'playwright-core';
import { startLab } from '#inkling/server/pages/startLab.js';
import { findChromium } from '../chromium.js';

const TRAININGS = 10;
const EPOCHS = 8;
/** Memory is measured after every third training, since Chromium waits for up to a minute before it does. */
const MEMORY_EVERY = 3;
/** Between two measurements of the delay of the event loop. */
const SAMPLE_MS = 10;
const MEGABYTE = 2 ** 20;

/** How responsive a page was. */
interface Responsiveness {
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
function observe(sampleMs: number): void {
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

/** The memory of the page and its workers, after garbage was collected, in MB. */
async function memoryOf(page: Page, devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const bytes = await page.evaluate<number>(
    'performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes)',
  );
  return bytes / MEGABYTE;
}

async function trainOnce(page: Page, position: number): Promise<Responsiveness> {
  await page.evaluate(observe, SAMPLE_MS);
  await page.getByRole('button', { name: position === 0 ? 'Start' : 'Start over', exact: true }).click();
  await page.getByText(/^Training: Epoch/).waitFor();
  await page.getByText('Finished').waitFor({ timeout: 300_000 });
  return page.evaluate<Responsiveness>('window.responsiveness()');
}

async function measure(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium in PATH; install it');
  const lab = await startLab({ host: '127.0.0.1', port: 0, log: () => undefined });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${lab.url}/#data`);
    await page.getByRole('button', { name: 'Use the built-in digits' }).click();
    await page.getByRole('button', { name: 'Show all 250' }).first().waitFor();
    await page.getByRole('link', { name: 'Training', exact: true }).click();
    await page.getByLabel('Epochs').fill(String(EPOCHS));
    const devtools = await page.context().newCDPSession(page);
    console.log(
      '| training | longest delay | 99 % of delays | frames per second | longest frame | long tasks | memory |',
    );
    console.log('| --: | --: | --: | --: | --: | --- | --: |');
    for (let position = 0; position < TRAININGS; position++) {
      const { longestDelayMs, delayMs99, framesPerSecond, longestFrameMs, longTasks } = await trainOnce(
        page,
        position,
      );
      const megabytes = position % MEMORY_EVERY === 0 ? await memoryOf(page, devtools) : undefined;
      const cells = [
        `${position + 1}`,
        `${longestDelayMs.toFixed(1)} ms`,
        `${delayMs99.toFixed(1)} ms`,
        framesPerSecond.toFixed(1),
        `${longestFrameMs.toFixed(1)} ms`,
        longTasks.length === 0 ? 'none' : longTasks.map((ms) => `${ms} ms`).join(', '),
        megabytes === undefined ? '–' : `${megabytes.toFixed(1)} MB`,
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  } finally {
    await browser.close();
    await lab.close();
  }
}

await measure();
