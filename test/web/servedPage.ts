import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect, vi } from 'vitest';
import { type Point, SKELETONS } from '#inkling/data/digits/skeletons.js';
import { drawStroke } from '#inkling/data/digits/stroke.js';
import { Random } from '#inkling/core/random.js';
import { captureStream, inkling } from '../cli/capture.js';
import { openPage } from '../helpers/browser.js';

const PRETRAINED = 'pretrained/report-cnn-mnist';

/** A server and a browser that opens its page. */
export interface ServedPage {
  /** Opens the page at a place behind `#`. */
  open(place: string, options?: BrowserContextOptions): Promise<Page>;
  /** What went wrong in any page since the last call: errors on the console, and requests to other hosts. */
  complaints(): string[];
}

/** Serves a network, usually the pretrained one, and the runs of a folder until the tests of the file are over. */
export async function servePage(
  executablePath: string,
  runDir: string,
  network = PRETRAINED,
): Promise<ServedPage> {
  const stop = new AbortController();
  const stdout = captureStream();
  const served = inkling(['serve', network, '--port', '0', '--run-dir', runDir], {
    stdout,
    signal: stop.signal,
  });
  const address = await vi.waitUntil(() => /http:\S+(?=;)/.exec(stdout.text)?.[0], { timeout: 20_000 });
  const browser = await chromium.launch({ executablePath });
  afterAll(async () => {
    await browser.close();
    stop.abort();
    expect(await served).toMatchObject({ code: 0, stderr: '' });
  });
  let complaints: string[] = [];
  return {
    open: (place, options) =>
      openPage(browser, `${address}/`, place, options, (text) => complaints.push(text)),
    complaints() {
      const said = complaints;
      complaints = [];
      return said;
    },
  };
}

/** How a hand draws a digit. */
export interface Hand {
  readonly name: string;
  /** The digit's height, as a share of the paper. */
  readonly height: number;
  /** Clockwise, in radians. */
  readonly turn: number;
  /** Where its middle is, as shares of the paper. */
  readonly at: Point;
}

const plain: Hand = { name: 'plain', height: 0.6, turn: 0, at: { x: 0.5, y: 0.5 } };

export const hands: readonly Hand[] = [
  plain,
  { name: 'small and off-centre', height: 0.25, turn: 0, at: { x: 0.7, y: 0.25 } },
  { name: 'large and tilted', height: 0.75, turn: 0.2, at: { x: 0.5, y: 0.5 } },
];

/** The strokes of a digit as a hand draws it, each from 0 to 1; the same seed gives the same. */
export function strokesOf(digit: number, seed: number, { height, turn, at }: Hand = plain): Point[][] {
  const random = new Random(seed);
  const [{ strokes }] = SKELETONS[digit];
  const [cos, sin] = [height * Math.cos(turn), height * Math.sin(turn)];
  return strokes.map((stroke) =>
    drawStroke(stroke, random).map(({ x, y }) => {
      const [u, v] = [x / 100 - 0.5, y / 100 - 0.5];
      return { x: at.x + u * cos - v * sin, y: at.y + u * sin + v * cos };
    }),
  );
}

/** Draws a digit on the paper with the mouse. */
export async function drawDigit(page: Page, digit: number, seed: number, hand?: Hand): Promise<void> {
  const box = await page.locator('.paper').boundingBox();
  if (box === null) throw new Error('there is no paper');
  for (const stroke of strokesOf(digit, seed, hand)) {
    const points = stroke.map(({ x, y }) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
    await page.mouse.move(points[0].x, points[0].y);
    await page.mouse.down();
    for (const { x, y } of points.slice(1)) await page.mouse.move(x, y);
    await page.mouse.up();
  }
}
