import { expect, test } from 'vitest';
import { startLab } from '#inkling/server/pages/startLab.js';
import { findFirefox, startFirefox } from '../helpers/site/firefox.js';

const path = findFirefox();
/** The points of a 3, x and y in turn, on a canvas whose sides are 1. */
const THREE = [...[0.3, 0.25, 0.6, 0.25, 0.65, 0.35, 0.5, 0.5], ...[0.65, 0.62, 0.6, 0.75, 0.3, 0.75]];

test.skipIf(path === undefined)('data, network, training, and prediction work in Firefox', async () => {
  const lab = await startLab({ host: '127.0.0.1', port: 0, log: () => undefined });
  const page = await startFirefox(path ?? '');
  /** The value of an expression, as soon as there is one. */
  const when = (expression: string) => expect.poll(() => page.evaluate(expression), { timeout: 20_000 });
  const click = (title: string) =>
    when(`(() => {
      const found = [...document.querySelectorAll('a, button')].find(
        (each) => each.textContent.trim() === '${title}' && !each.disabled,
      );
      found?.click();
      return found !== undefined;
    })()`).toBe(true);
  const shows = (text: string) => when(`document.body.textContent.includes('${text}')`).toBe(true);
  try {
    await page.open(`${lab.url}/#epochs=3`);
    await click('Use the built-in digits');
    await shows('Show all 250');
    expect(await page.evaluate('crossOriginIsolated')).toBe(true);
    await click('Next: Network');
    await shows('slides small filters over the image');
    await click('Next: Training');
    await click('Start');
    await shows('Finished');
    await click('Next: Try');
    await shows('of 500 are correct');
    const [x, y, width] = JSON.parse(
      String(
        await page.evaluate(`(() => {
          const { x, y, width } = document.querySelector('canvas.canvas').getBoundingClientRect();
          return JSON.stringify([x, y, width]);
        })()`),
      ),
    ) as number[];
    const points = Array.from({ length: THREE.length / 2 }, (_, i) => ({
      x: x + THREE[2 * i] * width,
      y: y + THREE[2 * i + 1] * width,
    }));
    await page.draw(points);
    await when(`document.querySelector('.probabilities .predicted .class')?.textContent`).toBe('3');
  } finally {
    await page.close();
    await lab.close();
  }
});
