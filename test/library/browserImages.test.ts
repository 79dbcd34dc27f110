import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { loadClassifier } from '#inkling/library/loadClassifier.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { findBrowser, noBrowser } from '../helpers/browser.js';
import { drawDigit, drawingStyles } from '../helpers/drawnDigits.js';
import { encodePng } from '../helpers/encodeImage.js';

const BUNDLE = fileURLToPath(new URL('../../dist/standalone', import.meta.url));
const MODEL = `${PRETRAINED_RUN}/checkpoints/best.safetensors`;

/** Runs in the page: the logits for every kind of image, and the codes of errors. */
const script = `
const { loadClassifier } = await import('/inkling.js');
const classifier = await loadClassifier('model');
const blob = await (await fetch('image')).blob();
const image = new Image();
image.src = 'image';
await image.decode();
const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight });
const context = canvas.getContext('2d');
context.drawImage(image, 0, 0);
const bitmap = await createImageBitmap(blob);
const data = context.getImageData(0, 0, canvas.width, canvas.height);
const frame = new VideoFrame(canvas, { timestamp: 0 });
const images = ['image', blob, await blob.arrayBuffer(), image, canvas, data, bitmap, frame];
const logits = [];
for (const each of images) logits.push([...(await classifier.logits(each))]);
bitmap.close();
frame.close();
const codes = [];
for (const each of [bitmap, frame, new Image(), document.createElement('video'), document.body, new Blob(['text']), 'missing'])
  codes.push(await classifier.classify(each).catch(({ code }) => code));
return { logits, codes };`;

test('images of a page give the same logits as in Node.js', async ({ skip }) => {
  const executablePath = findBrowser() ?? skip(noBrowser);
  const bytes = await encodePng(drawDigit(4, drawingStyles[0], 1));
  const server = createServer(({ url = '/' }, response) => {
    if (url === '/') response.setHeader('content-type', 'text/html').end('<!doctype html>');
    else if (url === '/model') response.end(readFileSync(MODEL));
    else if (url === '/image') response.end(bytes);
    else if (url.endsWith('.js'))
      response.setHeader('content-type', 'text/javascript').end(readFileSync(`${BUNDLE}${url}`));
    else response.writeHead(404).end();
  }).listen(0);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
    const { logits, codes } = await page.evaluate<{ logits: number[][]; codes: string[] }>(
      `(async () => {${script}})()`,
    );
    const classifier = await loadClassifier(MODEL);
    const expected = [...(await classifier.logits(bytes))];
    await classifier.close();
    expect(logits).toEqual(Array(8).fill(expected));
    expect(codes).toEqual([...Array<string>(5).fill('invalid-input'), 'failed', 'fetch']);
  } finally {
    await browser.close();
    server.close();
  }
});
