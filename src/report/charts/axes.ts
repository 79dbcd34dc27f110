/** Of the area that data is drawn in; labels stand beside it. */
export const CHART_WIDTH = 400;

/** Makes the names known to the axes; they stay data, whatever characters they hold. */
export function classNames(classes: readonly string[]): { name: string; value: string[] }[] {
  return [{ name: 'classNames', value: [...classes] }];
}

/** Class names along an axis that counts the classes; slanted where they are long, and not all where they are many. */
export function classAxis(classes: readonly string[]) {
  const isShort = classes.every((name) => name.length <= 3);
  return {
    labelExpr: 'classNames[datum.value]',
    labelAngle: isShort ? 0 : -40,
    labelLimit: 90,
    labelOverlap: true,
    ticks: false,
  } as const;
}

/** The same beside it. */
export function classAxisBeside(classes: readonly string[]) {
  return { ...classAxis(classes), labelAngle: 0 } as const;
}

/** So much room for text that it can hold the classes' numbers. */
export const MOST_CLASSES_WITH_NUMBERS = 14;
