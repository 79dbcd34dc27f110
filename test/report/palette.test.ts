import { describe, expect, test } from 'vitest';
import { colorOf, dark, light, paint } from '#inkling/report/palette.js';

/** Source: Web Content Accessibility Guidelines 2.2, relative luminance and contrast ratio. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((offset) => {
    const value = Number.parseInt(color.slice(offset, offset + 2), 16) / 255;
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
  test.each(['text', 'muted', 'blue'] as const)('has legible text in %s', (text) => {
    expect(contrast(palette[text], palette.background)).toBeGreaterThan(4.5);
    expect(contrast(palette[text], palette.surface)).toBeGreaterThan(4.5);
  });

  test('has marks that stand out and legible text on them', () => {
    for (const mark of ['blue', 'orange', 'green'] as const) {
      expect(contrast(palette[mark], palette.background)).toBeGreaterThan(3);
    }
    expect(contrast(palette.background, palette.blue)).toBeGreaterThan(4.5);
    expect(contrast(palette.textOnOrange, palette.orange)).toBeGreaterThan(4);
  });
});

test('paint replaces every color reference', () => {
  const svg = `<rect fill="${colorOf('blue')}" stroke="${colorOf('text')}"/>`;
  expect(paint(svg, light)).toBe('<rect fill="#0072b2" stroke="#1f2328"/>');
});
