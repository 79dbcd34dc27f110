/** The width of the plotting area, without axis labels, in CSS pixels. */
export const CHART_WIDTH = 400;

/** The scale and the axis of epochs, counted from 1; a single one is placed at the center. */
export function epochAxis(epochs: number) {
  const domain: number[] = [epochs === 1 ? 0 : 1, Math.max(epochs, 2)];
  return {
    scale: { domain, nice: false },
    axis: {
      tickMinStep: 1,
      format: 'd',
      grid: false,
      ...(epochs === 1 ? { values: [1] } : { tickCount: Math.min(epochs, 10) }),
    },
  } as const;
}

/** Passes the class names to the axes as data, so that they may contain any characters. */
export function classNames(classes: readonly string[]): { name: string; value: string[] }[] {
  return [{ name: 'classNames', value: [...classes] }];
}

/** Whether class names fit side by side, such as digits. */
export function areShort(classes: readonly string[]): boolean {
  return classes.every((name) => name.length <= 3);
}

/** Slanted names of more classes overlap. */
const MAX_SLANTED_NAMES = 20;

/** A horizontal axis of class names; long names are slanted and truncated, and some are left out if there is not enough room. */
export function classAxis(classes: readonly string[]) {
  const isShort = areShort(classes);
  return {
    labelExpr: 'classNames[datum.value]',
    labelAngle: isShort ? 0 : -40,
    // Vega estimates letters half as wide again as they are: this is about 100 pixels.
    labelLimit: 150,
    // The test for overlaps is of rectangles around slanted text, which overlap before the text does.
    labelOverlap: isShort || classes.length > MAX_SLANTED_NAMES,
    ticks: false,
  } as const;
}

/** A vertical axis of class names. */
export function verticalClassAxis(classes: readonly string[]) {
  return { ...classAxis(classes), labelAngle: 0 } as const;
}

/** A confusion matrix of more classes has no room for text in its cells. */
export const MAX_CLASSES_WITH_CELL_TEXT = 14;
