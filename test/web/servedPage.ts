import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect, vi } from 'vitest';
import { type Point, SKELETONS } from '#inkling/data/digits/skeletons.js';
import { drawStroke } from '#inkling/data/digits/stroke.js';
import { Random } from '#inkling/core/random.js';
import { captureStream, inkling } from '../cli/capture.js';
import { drawWithMouse, openPage } from '../helpers/browser.js';

const PRETRAINED = 'pretrained/report-cnn-mnist';

/** A running server, with a browser that opens its page. */
export interface ServedPage {
  /** Opens a route of the page, such as `runs`. */
  open(route: string, options?: BrowserContextOptions): Promise<Page>;
  /** Problems of all pages since the last call: errors on the console, and requests to other servers. */
  problems(): string[];
}

/** Serves a model, by default the pretrained one, and the runs in a folder until all tests of the file have run. */
export async function servePage(
  executablePath: string,
  runDir: string,
  model = PRETRAINED,
): Promise<ServedPage> {
  const stop = new AbortController();
  const stdout = captureStream();
  const served = inkling(['serve', model, '--port', '0', '--run-dir', runDir], {
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
  let problems: string[] = [];
  return {
    open: (route, options) => openPage(browser, `${address}/`, route, options, (text) => problems.push(text)),
    problems() {
      const found = problems;
      problems = [];
      return found;
    },
  };
}

/** Size, rotation and position of a drawn digit. */
export interface DrawingStyle {
  readonly name: string;
  /** Height of the digit as a fraction of the canvas. */
  readonly height: number;
  /** Clockwise, in radians. */
  readonly rotation: number;
  /** Center of the digit on the canvas, from 0 to 1. */
  readonly center: Point;
}

const plain: DrawingStyle = { name: 'plain', height: 0.6, rotation: 0, center: { x: 0.5, y: 0.5 } };

export const drawingStyles: readonly DrawingStyle[] = [
  plain,
  { name: 'small and off-center', height: 0.25, rotation: 0, center: { x: 0.7, y: 0.25 } },
  { name: 'large and tilted', height: 0.75, rotation: 0.2, center: { x: 0.5, y: 0.5 } },
];

/** The strokes of a digit in a style, with coordinates from 0 to 1; the same seed yields the same strokes. */
export function strokesOf(
  digit: number,
  seed: number,
  { height, rotation, center }: DrawingStyle = plain,
): Point[][] {
  const random = new Random(seed);
  const [{ strokes }] = SKELETONS[digit];
  const [cos, sin] = [height * Math.cos(rotation), height * Math.sin(rotation)];
  return strokes.map((stroke) =>
    drawStroke(stroke, random).map(({ x, y }) => {
      const [u, v] = [x / 100 - 0.5, y / 100 - 0.5];
      return { x: center.x + u * cos - v * sin, y: center.y + u * sin + v * cos };
    }),
  );
}

/** Draws a digit on the canvas with the mouse. */
export async function drawDigit(
  page: Page,
  digit: number,
  seed: number,
  style?: DrawingStyle,
): Promise<void> {
  const box = await page.locator('.canvas').boundingBox();
  if (box === null) throw new Error('there is no canvas');
  for (const stroke of strokesOf(digit, seed, style)) {
    await drawWithMouse(
      page,
      stroke.map(({ x, y }) => ({ x: box.x + x * box.width, y: box.y + y * box.height })),
    );
  }
}
