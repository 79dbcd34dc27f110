import { spawn } from 'node:child_process';
import { rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { loadClassifier } from '#inkling/library/loadClassifier.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { imageOfPixels } from '#inkling/images/preprocess.js';
import { findBrowser, noBrowser } from '../helpers/browser.js';
import { encodePng } from '../helpers/encodeImage.js';
import { installProject, packPackage, runScript } from './projects.js';
import { serveFolder } from '../helpers/site/staticServer.js';

const executablePath = findBrowser();
if (executablePath === undefined) console.warn(`Examples with a page are skipped: ${noBrowser}`);

const PORT = 8787;
const digits = generateDigits({ seed: 3, train: 60, test: 1 }).train;
let tarball: string;

beforeAll(() => {
  tarball = packPackage();
});

afterAll(() => {
  rmSync(dirname(tarball), { recursive: true });
});

/** Installs an example, lets a test use it, and removes it. */
async function withExample(name: string, use: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = installProject(join('examples', name), tarball);
  await use(folder);
  rmSync(folder, { recursive: true });
}

/** A digit as a PNG file, white on black. */
async function digitPng(index: number): Promise<Buffer> {
  const pixels = digits.images.subarray(index * 784, (index + 1) * 784);
  return Buffer.from(await encodePng(imageOfPixels(pixels, [28, 28, 1])));
}

/** Starts a server by a script of a project, and waits until it responds. */
async function withServer(folder: string, port: number, use: () => Promise<void>): Promise<void> {
  const server = spawn('npm', ['run', 'start'], { cwd: folder, detached: true, stdio: 'ignore' });
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      const isUp = await fetch(`http://localhost:${port}/`).then(
        () => true,
        () => false,
      );
      if (isUp) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await use();
  } finally {
    // With everything that npm has started.
    if (server.pid !== undefined) process.kill(-server.pid);
  }
}

test('node-batch', () =>
  withExample('node-batch', async (folder) => {
    const images = join(folder, 'images');
    mkdirSync(images);
    for (let i = 0; i < 5; i++) writeFileSync(join(images, `${i}.png`), await digitPng(i));
    writeFileSync(join(images, 'damaged.png'), (await digitPng(0)).subarray(0, 50));
    const classifier = await loadClassifier(PRETRAINED_RUN);
    const expected = await classifier.classifyMany([0, 1, 2, 3, 4].map((i) => join(images, `${i}.png`)));
    await classifier.close();
    const [header, ...rows] = runScript(folder, 'start', 'images').trim().split('\n');
    expect(header).toBe('file,label,probability,doubt');
    expect(rows.map((row) => row.split(',').slice(1, 3))).toEqual(
      expected.map(({ classification }) => [classification?.label, classification?.probability.toFixed(4)]),
    );
  }));

test.each(['deno', 'bun'])('%s', (name) =>
  withExample(name, (folder) => {
    if (name === 'bun') runScript(folder, 'postinstall');
    const output = runScript(folder, 'start');
    expect(output).toMatch(/epoch 2: validation accuracy \d+\.\d %/);
    expect(output).toMatch(/the first test image is a \d, classified as \d/);
  }),
);

test('cloudflare-like', () =>
  withExample('cloudflare-like', async (folder) => {
    runScript(folder, 'build');
    await withServer(folder, PORT, async () => {
      const classify = (body: Uint8Array<ArrayBuffer>) =>
        fetch(`http://localhost:${PORT}/`, { method: 'POST', body });
      const response = await classify(Uint8Array.from(digits.images.subarray(0, 784)));
      expect(await response.json()).toMatchObject({ label: String(digits.labels[0]) });
      const bad = await classify(new Uint8Array(10));
      expect(bad.status).toBe(400);
      expect(await bad.json()).toMatchObject({ code: 'invalid-input' });
    });
  }));

describe.skipIf(executablePath === undefined)('with a page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '' });
  });

  afterAll(async () => {
    await browser.close();
  });

  async function withPage(url: string, use: (page: Page) => Promise<void>): Promise<void> {
    const page = await browser.newPage();
    await page.goto(url);
    await use(page);
    await page.close();
  }

  test('vite-react', () =>
    withExample('vite-react', async (folder) => {
      runScript(folder, 'build');
      const server = await serveFolder(join(folder, 'out'));
      await withPage(server.url, async (page) => {
        const file = [...(await digitPng(0))];
        await page.locator('main').waitFor();
        await page.evaluate((bytes) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'digit.png', { type: 'image/png' }));
          document
            .querySelector('main')
            ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
        }, file);
        await expect
          .poll(() => page.locator('h1').textContent(), { timeout: 20_000 })
          .toBe(String(digits.labels[0]));
      });
      server.close();
    }));

  test('next-route', () =>
    withExample('next-route', async (folder) => {
      runScript(folder, 'build');
      await withServer(folder, 3000, () =>
        withPage('http://localhost:3000/', async (page) => {
          await page
            .locator('input')
            .setInputFiles({ name: 'digit.png', mimeType: 'image/png', buffer: await digitPng(0) });
          const label = String(digits.labels[0]);
          await expect
            .poll(() => page.locator('p').textContent(), { timeout: 20_000 })
            .toBe(`here: ${label}, on the server: ${label}`);
        }),
      );
    }));

  test('worker-training', () =>
    withExample('worker-training', async (folder) => {
      runScript(folder, 'build');
      const images = join(folder, 'images');
      for (let i = 0; i < 60; i++) {
        const label = digits.labels[i] === 0 || digits.labels[i] === 1 ? String(digits.labels[i]) : 'other';
        mkdirSync(join(images, label), { recursive: true });
        writeFileSync(join(images, label, `${i}.png`), await digitPng(i));
      }
      const server = await serveFolder(join(folder, 'out'));
      await withPage(server.url, async (page) => {
        await page.locator('#folder').setInputFiles(images);
        await expect
          .poll(() => page.locator('#log').textContent(), { timeout: 60_000 })
          .toContain('Test accuracy');
        await page
          .locator('#image')
          .setInputFiles(join(images, 'other', `${digits.labels.findIndex((d) => d > 1)}.png`));
        await expect
          .poll(() => page.locator('#log').textContent(), { timeout: 20_000 })
          .toMatch(/\.png: (0|1|other) \(/);
      });
      server.close();
    }));
});
