/**
 * Takes the screenshot of the page for the README: node scripts/screenshot.js [FILE.png]
 *
 * Needs a build, and Chromium in PATH. The drawn digit is always the same.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { Random } from '../dist/core/random.js';
import { SKELETONS } from '../dist/data/digits/skeletons.js';
import { drawStroke } from '../dist/data/digits/stroke.js';

const [file = 'docs/page.png'] = process.argv.slice(2);
const [DIGIT, SEED] = [5, 7];
/** Height of the digit as a fraction of the canvas. */
const HEIGHT = 0.7;

const server = spawn(process.execPath, ['dist/bin/inkling.js', 'serve', '--port', '0']);
const url = await new Promise((resolve, reject) => {
  let output = '';
  server.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    const found = /http:\S+(?=;)/.exec(output);
    if (found) resolve(found[0]);
  });
  server.once('exit', () => reject(new Error(`the server stopped: ${output}`)));
});
const browser = await chromium.launch({ executablePath: findChromium() });
try {
  const viewport = { width: 1200, height: 800 };
  const page = await browser.newPage({ viewport, colorScheme: 'light' });
  await page.goto(`${url}/#draw`);
  const canvas = page.locator('.canvas');
  await draw(page, await canvas.boundingBox());
  await page.locator('.headline.confident [role=status]:not(:empty)').waitFor({ state: 'attached' });
  // The saliency is computed after the prediction is shown.
  await page.waitForTimeout(1000);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: file, fullPage: true });
} finally {
  await browser.close();
  server.kill();
}

async function draw({ mouse }, { x, y, width, height }) {
  const random = new Random(SEED);
  for (const stroke of SKELETONS[DIGIT][0].strokes) {
    const [first, ...rest] = drawStroke(stroke, random).map((point) => [
      x + width * (0.5 + HEIGHT * (point.x / 100 - 0.5)),
      y + height * (0.5 + HEIGHT * (point.y / 100 - 0.5)),
    ]);
    await mouse.move(...first);
    await mouse.down();
    for (const point of rest) await mouse.move(...point);
    await mouse.up();
  }
}

function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const path = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
  if (path === undefined) throw new Error('no Chromium in PATH; install it');
  return path;
}
