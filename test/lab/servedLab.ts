import { readFileSync } from 'node:fs';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, expect, vi } from 'vitest';
import { decodeCheckpoint, type SavedModel } from '#inkling/index.js';
import type { LabIndex } from '../../src/lab/storage/labIndex.js';
import { captureStream, inkling } from '../cli/capture.js';
import { drawWithMouse, openPage } from '../helpers/browser.js';

/** A point of a drawing; both coordinates are from 0 to 1. */
export type Point = readonly [x: number, y: number];

/**
 * Serves the lab with `inkling lab` until all tests of the file have run.
 *
 * @param args of the browser
 * @param options of the command
 */
export async function serveLab(
  executablePath: string,
  args: readonly string[] = [],
  options: readonly string[] = [],
) {
  const stop = new AbortController();
  const stdout = captureStream();
  const served = inkling(['lab', '--port', '0', ...options], { stdout, signal: stop.signal });
  const address = await vi.waitUntil(() => /http:\S+(?=;)/.exec(stdout.text)?.[0], { timeout: 20_000 });
  const browser = await chromium.launch({ executablePath, args: [...args] });
  const problems: string[] = [];
  afterAll(async () => {
    await browser.close();
    stop.abort();
    expect(await served).toMatchObject({ code: 0, stderr: '' });
  });
  return {
    address,
    browser,
    /** Errors on the console, and requests to other servers. */
    problems,
    open: async (view: string, options?: BrowserContextOptions) => {
      const page = await openPage(browser, `${address}/`, view, options, (text) => problems.push(text));
      // The page is empty until what was kept has been read.
      await page.locator('main').waitFor();
      return page;
    },
  };
}

/** Draws a line on the canvas with the mouse. */
export async function drawLine(page: Page, points: readonly Point[]): Promise<void> {
  const canvas = page.locator('canvas.canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('there is no canvas');
  await drawWithMouse(
    page,
    points.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height })),
  );
}

/** Loads the built-in digits, and goes to another view. */
export async function useDigits(page: Page, view: 'Network' | 'Training'): Promise<void> {
  await page.getByRole('button', { name: 'Use the built-in digits' }).click();
  await page.getByRole('button', { name: 'Show all 250' }).first().waitFor();
  await page.getByRole('link', { name: view, exact: true }).click();
}

/** Trains for a number of epochs, until the training has finished. */
export async function train(page: Page, epochs: number): Promise<void> {
  await page.getByLabel('Epochs').fill(String(epochs));
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('Finished').waitFor();
}

/**
 * Saves the model, which the view “Try” shows.
 *
 * @param name of the file
 */
export async function savedModel(page: Page, name: string): Promise<SavedModel> {
  return decodeCheckpoint(readFileSync(await savedFile(page, 'Save the model (safetensors)', name)), 'saved');
}

/** The path to the file that a button saves. */
export async function savedFile(page: Page, button: string, name: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(name);
  return download.path();
}

/** What the lab has saved, once it fulfills a condition. */
export async function savedIndex(page: Page, isReached: (index: LabIndex) => boolean): Promise<LabIndex> {
  for (;;) {
    const text = await page.evaluate(async () => {
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('inkling-lab');
      for await (const name of folder.keys()) {
        if (name !== 'index') continue;
        const file = await (await folder.getFileHandle(name)).getFile();
        // What has been replaced since cannot be read.
        return file.text().catch(() => undefined);
      }
      return undefined;
    });
    // Until its content has been written, a new file is empty.
    if (text !== undefined && text !== '') {
      const index = JSON.parse(text.slice(text.indexOf('\n') + 1)) as LabIndex;
      if (isReached(index)) return index;
    }
    await page.waitForTimeout(50);
  }
}
