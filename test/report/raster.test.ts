import { decode } from 'fast-png';
import { expect, it } from 'vitest';
import { loadRasterizer } from '#inkling/report/raster.js';
import { rasterizeAside } from '#inkling/report/rasterThread.js';

function svgOf(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">${content}</svg>`;
}

/** How many pixels are darker than mid-grey. */
function inkOf(png: Uint8Array): number {
  const { data, channels } = decode(png);
  let ink = 0;
  for (let at = 0; at < data.length; at += channels) if (data[at] < 128) ink++;
  return ink;
}

it('draws shapes, twice as large, on their background', async () => {
  const rasterize = await loadRasterizer();
  const png = rasterize(svgOf('<rect x="1" y="2" width="30" height="10" fill="#000"/>'), '#fff');
  expect(decode(png)).toMatchObject({ width: 120, height: 40 });
  expect(inkOf(png)).toBe(30 * 10 * 4);
  expect(inkOf(rasterize(svgOf(''), '#000'))).toBe(120 * 40);
});

it('letters text of any family, and bold', async () => {
  const rasterize = await loadRasterizer();
  const textOf = (attributes: string) =>
    inkOf(rasterize(svgOf(`<text x="2" y="15" ${attributes}>Loss 0.98</text>`), '#fff'));
  const regular = textOf('font-family="Lato, sans-serif"');
  expect(regular).toBeGreaterThan(50);
  expect(textOf('font-family="sans-serif"')).toBe(regular);
  expect(textOf('font-family="Unheard Of"')).toBe(regular);
  expect(textOf('font-family="Lato" font-weight="bold"')).toBeGreaterThan(regular * 1.2);
});

it('can be loaded twice', async () => {
  expect(await loadRasterizer()).toBe(await loadRasterizer());
});

it('draws the same in a thread of its own', async () => {
  const svgs = ['', '<circle cx="9" cy="9" r="6" fill="#000"/>'].map(svgOf);
  const rasterize = await loadRasterizer();
  const pngs = await rasterizeAside({ svgs, background: '#fff' });
  expect(pngs.map(String)).toEqual(svgs.map((svg) => String(rasterize(svg, '#fff'))));
});

it('says when that thread cannot draw', async () => {
  await expect(rasterizeAside({ svgs: ['no picture'], background: '#fff' })).rejects.toThrow(
    /^report: cannot draw the figures: .*at 1:1/,
  );
});
