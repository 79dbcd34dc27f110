import { describe, expect, test } from 'vitest';
import { colorOf, dark, light, paint } from '#inkling/report/palette.js';

/** Source: Web Content Accessibility Guidelines 2.2, relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', light],
  ['dark', dark],
])('the %s palette', (_name, palette) => {
  test.each(['ink', 'faint', 'first'] as const)('has readable text in %s', (text) => {
    expect(contrast(palette[text], palette.paper)).toBeGreaterThan(4.5);
    expect(contrast(palette[text], palette.wash)).toBeGreaterThan(4.5);
  });

  test('has marks that stand out, and text that can be read on them', () => {
    for (const mark of ['first', 'second', 'third'] as const) {
      expect(contrast(palette[mark], palette.paper)).toBeGreaterThan(3);
    }
    expect(contrast(palette.paper, palette.first)).toBeGreaterThan(4.5);
    expect(contrast(palette.onsecond, palette.second)).toBeGreaterThan(4);
  });
});

test('paints every colour that is named', () => {
  const svg = `<rect fill="${colorOf('first')}" stroke="${colorOf('ink')}"/>`;
  expect(paint(svg, light)).toBe('<rect fill="#0072b2" stroke="#1f2328"/>');
});
