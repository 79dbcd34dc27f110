import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, moveFinger } from '../../helpers/browser.js';
import { drawDigit, drawingStyles, servePage, type ServedPage, strokesOf } from '../servedPage.js';

const browser = findBrowser();

/** The headline, once the pen is lifted and screen readers have announced the prediction. */
async function headlineOf(page: Page): Promise<string> {
  await page.locator('.headline [role=status]:not(:empty)').waitFor({ state: 'attached' });
  return (await page.locator('.headline .class').textContent()) ?? '';
}

/** The fraction of a canvas that is painted. */
async function inkOn(page: Page, selector: string): Promise<number> {
  return page.locator(selector).evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return data.filter((value, i) => i % 4 === 3 && value > 0).length / (canvas.width * canvas.height);
  });
}

/** An image file with a digit: dark lines on light paper. */
async function digitImage(page: Page, digit: number): Promise<Buffer> {
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

describe.skipIf(browser === undefined)('drawing (needs Chromium)', () => {
  let served: ServedPage;
  let page: Page;
  beforeAll(async () => {
    served = await servePage(browser ?? '', 'none');
  });
  const openCanvas = async (
    ...options: Parameters<typeof served.open> extends [string, ...infer O] ? O : never
  ) => {
    page = await served.open('draw', ...options);
    await page.locator('.canvas').waitFor();
  };
  afterEach(async () => {
    await page.close();
    expect(served.problems()).toEqual([]);
  });

  test('recognizes 95 % of 30 digits drawn with the mouse', async () => {
    await openCanvas();
    const errors: string[] = [];
    for (const [row, style] of drawingStyles.entries()) {
      for (let digit = 0; digit < 10; digit++) {
        await drawDigit(page, digit, 10 * row + digit, style);
        const predicted = await headlineOf(page);
        if (predicted !== String(digit)) errors.push(`${style.name} ${digit} as ${predicted}`);
        await page.getByRole('button', { name: 'Clear' }).press('Enter');
      }
    }
    expect(errors.length, errors.join(', ')).toBeLessThanOrEqual(1);
  });

  test('prompts for a larger digit after a dot, and is not sure about a scribble', async () => {
    await openCanvas();
    const box = await page.locator('.canvas').boundingBox();
    if (box === null) throw new Error('there is no canvas');
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.getByText('Draw a larger digit').first().waitFor();
    expect(await inkOn(page, '.canvas')).toBeGreaterThan(0);
    const notSure = page.locator('.headline .class', { hasText: 'Not sure' });
    await page.mouse.move(box.x + 0.1 * box.width, box.y + 0.5 * box.height);
    await page.mouse.down();
    for (let i = 1; i <= 8; i++) {
      await page.mouse.move(box.x + (0.1 + 0.1 * i) * box.width, box.y + (i % 2 ? 0.3 : 0.7) * box.height, {
        steps: 4,
      });
    }
    await page.mouse.up();
    await notSure.waitFor();
    expect(await page.locator('.headline .detail').textContent()).toMatch(/^Maybe \d or \d: .+\.$/);
  });

  test('shows the model input, feature maps and saliency', async () => {
    await openCanvas();
    expect(await page.locator('.feature-maps canvas').count()).toBe(0);
    await drawDigit(page, 8, 0);
    await headlineOf(page);
    const input = await inkOn(page, '.model-input figure:nth-of-type(1) canvas');
    expect(input).toBeGreaterThan(0.1);
    expect(input).toBeLessThan(0.5);
    expect(await inkOn(page, '.saliency')).toBeGreaterThan(0.1);
    const maps = page.locator('.feature-maps canvas');
    expect(await maps.count()).toBe(2);
    expect(await page.locator('.feature-maps figcaption').allTextContents()).toEqual([
      'layer1.3: 16 channels of 15\u00a0×\u00a015',
      'layer2.3: 32 channels of 8\u00a0×\u00a08',
    ]);
    expect(await page.locator('.probabilities .predicted .class').textContent()).toBe('8');

    const selector = page.getByRole('slider', { name: 'Channel of layer1.3 to enlarge' });
    const enlarged = page.locator('.enlarged-map');
    await selector.click({ position: { x: 5, y: 5 } });
    await enlarged.getByText(/^Channel 1 of 16: values from \d\S* to \d/).waitFor();
    await page.keyboard.press('ArrowDown');
    await enlarged.getByText(/^Channel 9 of 16/).waitFor();
    expect(await selector.getAttribute('aria-valuetext')).toBe(await enlarged.locator('p').textContent());
    expect(await inkOn(page, '.enlarged-map canvas')).toBeGreaterThan(0);
    await enlarged.getByRole('button', { name: 'Close' }).click();
    expect(await enlarged.count()).toBe(0);
  });

  test('undoes strokes, and prompts for a drawing when the canvas is empty', async () => {
    await openCanvas();
    expect(await page.locator('.headline').textContent()).toContain('Draw a digit');
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await drawDigit(page, 4, 4);
    expect(await headlineOf(page)).toBe('4');
    await page.getByRole('button', { name: 'Clear' }).click();
    const prompt = page.locator('.headline .detail', { hasText: 'Draw a digit' });
    await prompt.waitFor();
    await expect.poll(() => inkOn(page, '.canvas')).toBe(0);
    await page.keyboard.press('Control+z');
    await page.locator('.headline .class', { hasText: '4' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await prompt.waitFor();
  });

  test('supports touch without scrolling the page', async () => {
    await openCanvas({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    const box = await page.locator('.canvas').boundingBox();
    const [stroke] = strokesOf(7, 7).map((points) =>
      points.map(({ x, y }) => ({
        x: (box?.x ?? 0) + x * (box?.width ?? 0),
        y: (box?.y ?? 0) + y * (box?.height ?? 0),
      })),
    );
    await moveFinger(page, stroke);
    expect(await headlineOf(page)).toBe('7');
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  test('supports the keyboard', async () => {
    await openCanvas();
    await page.locator('.canvas').focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await headlineOf(page)).toBe('1');
  });

  test('classifies an image that is opened or pasted', async () => {
    await openCanvas();
    const five = await digitImage(page, 5);
    await page.getByLabel('Image file').setInputFiles({ name: '5.png', mimeType: 'image/png', buffer: five });
    await page.locator('.headline.confident').waitFor();
    expect(await headlineOf(page)).toBe('5');
    const three = await digitImage(page, 3);
    await page.evaluate(
      (bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([Uint8Array.from(bytes)], '3.png', { type: 'image/png' }));
        dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
      },
      [...three],
    );
    await page.locator('.headline .class', { hasText: '3' }).waitFor();
    await page
      .getByLabel('Image file')
      .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('not an image') });
    expect(await page.getByRole('alert').textContent()).toBe('The file is a text file, expected an image.');
  });

  test('classifies several files, and continues after a bad one', async () => {
    await openCanvas({ viewport: { width: 360, height: 800 } });
    const png = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });
    const [three, five] = [await digitImage(page, 3), await digitImage(page, 5)];
    const files = [png('x.png', Buffer.from('%PDF-1.7')), png('3.png', three), png('5.png', five)];
    await page.getByLabel('Image files').setInputFiles(files);
    const list = page.getByRole('region', { name: 'Files' });
    const items = list.getByRole('listitem');
    await expect
      .poll(() => list.getByRole('status').textContent())
      .toMatch(/^3 files: .*, 1 not classified$/);
    expect(await items.allTextContents()).toEqual([
      'x.pngThe file is a PDF document, expected an image; save its pages as PNG images.',
      expect.stringMatching(/^3\.png3 [>\d.]+\s%/),
      expect.stringMatching(/^5\.png5 [>\d.]+\s%/),
    ]);
    expect(await items.nth(0).getByRole('button').isDisabled()).toBe(true);
    // The first image is shown in place of the drawing; another one when it is clicked.
    expect(await headlineOf(page)).toBe('3');
    await items.nth(2).getByRole('button').click();
    await page.locator('.headline .class', { hasText: '5' }).waitFor();
    expect(await items.nth(2).getByRole('button').getAttribute('aria-current')).toBe('true');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.getByRole('button', { name: 'Clear' }).click();
    await list.waitFor({ state: 'detached' });
  });
});
