import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { loadRasterizer } from '#inkling/report/rasterizer.js';
import { rasterizeInWorker } from '#inkling/report/rasterizeInWorker.js';

function svgOf(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">${content}</svg>`;
}

/** The number of pixels darker than medium gray. */
function countDarkPixels(png: Uint8Array): number {
  const { data, channels } = decode(png);
  let count = 0;
  for (let offset = 0; offset < data.length; offset += channels) if (data[offset] < 128) count++;
  return count;
}

it('renders shapes at twice their size on a background', async () => {
  const rasterize = await loadRasterizer();
  const png = rasterize(svgOf('<rect x="1" y="2" width="30" height="10" fill="#000"/>'), '#fff');
  expect(decode(png)).toMatchObject({ width: 120, height: 40 });
  expect(countDarkPixels(png)).toBe(30 * 10 * 4);
  expect(countDarkPixels(rasterize(svgOf(''), '#000'))).toBe(120 * 40);
});

it('renders text of any font family, regular and bold', async () => {
  const rasterize = await loadRasterizer();
  const textOf = (attributes: string) =>
    countDarkPixels(rasterize(svgOf(`<text x="2" y="15" ${attributes}>Loss 0.98</text>`), '#fff'));
  const regular = textOf('font-family="Lato, sans-serif"');
  expect(regular).toBeGreaterThan(50);
  expect(textOf('font-family="sans-serif"')).toBe(regular);
  expect(textOf('font-family="Unheard Of"')).toBe(regular);
  expect(textOf('font-family="Lato" font-weight="bold"')).toBeGreaterThan(regular * 1.2);
});

it('is initialized only once', async () => {
  expect(await loadRasterizer()).toBe(await loadRasterizer());
});

it('renders the same in a worker thread', async () => {
  const svgs = ['', '<circle cx="9" cy="9" r="6" fill="#000"/>'].map(svgOf);
  const rasterize = await loadRasterizer();
  const pngs = await rasterizeInWorker({ svgs, background: '#fff' });
  expect(pngs.map(String)).toEqual(svgs.map((svg) => String(rasterize(svg, '#fff'))));
});

it('reports errors of the worker thread', async () => {
  await expect(rasterizeInWorker({ svgs: ['not an SVG'], background: '#fff' })).rejects.toThrow(
    /^report: could not render the figures as PNG: .*at 1:1/,
  );
});
