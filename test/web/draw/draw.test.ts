import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, noBrowser } from '../../helpers/browser.js';
import { drawDigit, hands, servePage, type ServedPage, strokesOf } from '../servedPage.js';

const browser = findBrowser();
/** Half a minute of work on a quiet machine with two cores. */
const MINUTES_OF_DRAWING = 5;

/** The answer in large letters, once the pen is lifted and it was read out. */
async function answerOf(page: Page): Promise<string> {
  await page.locator('.verdict [role=status]:not(:empty)').waitFor({ state: 'attached' });
  return (await page.locator('.verdict .headline').textContent()) ?? '';
}

/** How much of a canvas is painted, as a share. */
async function inkOn(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return data.filter((value, i) => i % 4 === 3 && value > 0).length / (canvas.width * canvas.height);
  });
}

/** A picture of a digit as a file: dark lines on light paper. */
async function pictureOf(page: Page, digit: number): Promise<Buffer> {
  const bytes = await page.evaluate(
    async (strokes) => {
      const canvas = new OffscreenCanvas(200, 300);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.fillStyle = '#e8e4d8';
      context.fillRect(0, 0, 200, 300);
      context.lineWidth = 9;
      context.strokeStyle = '#223';
      for (const stroke of strokes) {
        context.beginPath();
        for (const { x, y } of stroke) context.lineTo(200 * x, 60 + 200 * y);
        context.stroke();
      }
      return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    },
    strokesOf(digit, 1),
  );
  return Buffer.from(bytes);
}

describe.skipIf(browser === undefined)(`drawing (skipped where there is ${noBrowser})`, () => {
  let stage: ServedPage;
  let page: Page;
  beforeAll(async () => {
    stage = await servePage(browser ?? '', 'none');
  });
  const openPaper = async (
    ...options: Parameters<typeof stage.open> extends [string, ...infer O] ? O : never
  ) => {
    page = await stage.open('draw', ...options);
    await page.locator('.paper').waitFor();
  };
  afterEach(async () => {
    await page.close();
    expect(stage.complaints()).toEqual([]);
  });

  // With those that are rendered for test/images/drawn.test.ts, 120 pictures.
  test('reads 95 % of 30 digits drawn with the mouse', { timeout: MINUTES_OF_DRAWING * 60_000 }, async () => {
    await openPaper();
    const misread: string[] = [];
    for (const [row, hand] of hands.entries()) {
      for (let digit = 0; digit < 10; digit++) {
        await drawDigit(page, digit, 10 * row + digit, hand);
        const answer = await answerOf(page);
        if (answer !== String(digit)) misread.push(`${hand.name} ${digit} as ${answer}`);
        await page.getByRole('button', { name: 'Clear' }).click();
      }
    }
    expect(misread.length, misread.join(', ')).toBeLessThanOrEqual(1);
  });

  test('cannot tell what is no digit', async () => {
    await openPaper();
    const box = await page.locator('.paper').boundingBox();
    if (box === null) throw new Error('there is no paper');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.getByText('Draw a digit larger than a dot').first().waitFor();
    expect(await inkOn(page, '.paper')).toBeGreaterThan(0);
    const cannotTell = page.locator('.verdict .headline', { hasText: 'I can’t tell' });
    await page.mouse.move(box.x + 0.1 * box.width, box.y + 0.5 * box.height);
    await page.mouse.down();
    for (let i = 1; i <= 8; i++) {
      await page.mouse.move(box.x + (0.1 + 0.1 * i) * box.width, box.y + (i % 2 ? 0.3 : 0.7) * box.height, {
        steps: 4,
      });
    }
    await page.mouse.up();
    await cannotTell.waitFor();
  });

  test('shows what the network sees, what its layers make of it and which ink mattered', async () => {
    await openPaper();
    expect(await page.locator('.maps canvas').count()).toBe(0);
    await drawDigit(page, 8, 0);
    await answerOf(page);
    const seen = await inkOn(page, '.seen figure:nth-of-type(1) canvas');
    expect(seen).toBeGreaterThan(0.1);
    expect(seen).toBeLessThan(0.5);
    expect(await inkOn(page, '.evidence')).toBeGreaterThan(0.1);
    const maps = page.locator('.maps canvas');
    expect(await maps.count()).toBe(2);
    expect(await page.locator('.maps figcaption').allTextContents()).toEqual([
      'Layer 1: 16 features, 15 × 15',
      'Layer 2: 32 features, 8 × 8',
    ]);
    expect(await page.locator('.bars .best .class').textContent()).toBe('8');
  });

  test('takes strokes back, and says so when there is nothing to see', async () => {
    await openPaper();
    expect(await page.locator('.verdict').textContent()).toContain('Draw a digit');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await drawDigit(page, 4, 4);
    expect(await answerOf(page)).toBe('4');
    await page.getByRole('button', { name: 'Clear' }).click();
    const nothing = page.locator('.verdict .detail', { hasText: 'Draw a digit' });
    await nothing.waitFor();
    await expect.poll(() => inkOn(page, '.paper')).toBe(0);
    await page.keyboard.press('Control+z');
    await page.locator('.verdict .headline', { hasText: '4' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await nothing.waitFor();
  });

  test('draws by touch without scrolling the page', async () => {
    await openPaper({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    const box = await page.locator('.paper').boundingBox();
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number }[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const [stroke] = strokesOf(7, 7).map((points) =>
      points.map(({ x, y }) => ({
        x: (box?.x ?? 0) + x * (box?.width ?? 0),
        y: (box?.y ?? 0) + y * (box?.height ?? 0),
      })),
    );
    await touch('touchStart', [stroke[0]]);
    for (const point of stroke.slice(1)) await touch('touchMove', [point]);
    await touch('touchEnd', []);
    expect(await answerOf(page)).toBe('7');
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  test('draws by keys', async () => {
    await openPaper();
    await page.locator('.paper').focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await answerOf(page)).toBe('1');
  });

  test('reads a picture that is opened or pasted', async () => {
    await openPaper();
    const five = await pictureOf(page, 5);
    await page
      .getByLabel('Picture file')
      .setInputFiles({ name: '5.png', mimeType: 'image/png', buffer: five });
    await page.locator('.verdict.sure').waitFor();
    expect(await answerOf(page)).toBe('5');
    const three = await pictureOf(page, 3);
    await page.evaluate(
      (bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([Uint8Array.from(bytes)], '3.png', { type: 'image/png' }));
        dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
      },
      [...three],
    );
    await page.locator('.verdict .headline', { hasText: '3' }).waitFor();
    await page
      .getByLabel('Picture file')
      .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    expect(await page.getByRole('alert').textContent()).toBe(
      'This file is no picture that the browser can read',
    );
  });
});
