/** A point of a curve. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Scores of the images that belong to a class and of those that do not, each in ascending order. */
export interface SeparatedScores {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** How well scores separate two kinds of images, over all thresholds. */
export interface RankingCurves {
  /** The true against the false positive rate, from (0, 0) to (1, 1). */
  readonly roc: readonly Point[];
  /** The area under it: the probability that a positive has a higher score than a negative, equal ones counting half. */
  readonly rocAuc: number;
  /** The precision against the recall, from the highest threshold to the lowest. */
  readonly precisionRecall: readonly Point[];
  /** The area under it as a step function, without interpolation. */
  readonly averagePrecision: number;
}

/**
 * The ROC and the precision-recall curve of scores, one point per distinct score, without those on upright and level lines of the first. Sources: Fawcett, "An introduction to ROC analysis",
 * Pattern Recognition Letters 27, 2006; Davis and Goadrich, "The relationship between precision-recall and ROC curves", ICML 2006.
 *
 * @returns undefined unless there are positives and negatives
 */
export function rankingCurves({ positives, negatives }: SeparatedScores): RankingCurves | undefined {
  if (positives.length === 0 || negatives.length === 0) return undefined;
  const roc: Point[] = [{ x: 0, y: 0 }];
  const precisionRecall: Point[] = [];
  let [rocAuc, averagePrecision] = [0, 0];
  let [truePositives, falsePositives] = [0, 0];
  while (truePositives < positives.length || falsePositives < negatives.length) {
    const threshold = Math.max(
      valueFromEnd(positives, truePositives),
      valueFromEnd(negatives, falsePositives),
    );
    const [before, beforeFalse] = [truePositives, falsePositives];
    while (valueFromEnd(positives, truePositives) === threshold) truePositives++;
    while (valueFromEnd(negatives, falsePositives) === threshold) falsePositives++;
    const precision = truePositives / (truePositives + falsePositives);
    rocAuc += ((falsePositives - beforeFalse) * (truePositives + before)) / 2;
    averagePrecision += (truePositives - before) * precision;
    extendStraight(roc, { x: falsePositives / negatives.length, y: truePositives / positives.length });
    precisionRecall.push({ x: truePositives / positives.length, y: precision });
  }
  return {
    roc,
    rocAuc: rocAuc / positives.length / negatives.length,
    precisionRecall,
    averagePrecision: averagePrecision / positives.length,
  };
}

/** Adds a point to a curve, in place of the last one if that lies between its neighbors on an upright or level line. */
function extendStraight(curve: Point[], point: Point): void {
  const [before, last] = [curve.at(-2), curve.at(-1)];
  const isBetween =
    before !== undefined &&
    last !== undefined &&
    ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
  if (isBetween) curve.pop();
  curve.push(point);
}

/** A value counted from the end of a list; negative infinity beyond its beginning. */
function valueFromEnd(values: Float64Array, index: number): number {
  return index < values.length ? values[values.length - 1 - index] : -Infinity;
}

/** @param isPositive whether the image of each score belongs to the class */
export function separateScores(
  scores: Float64Array,
  isPositive: (index: number) => boolean,
): SeparatedScores {
  return {
    positives: scores.filter((_, index) => isPositive(index)).sort(),
    negatives: scores.filter((_, index) => !isPositive(index)).sort(),
  };
}

/**
 * The mean of several ROC curves: of their true positive rates at each false positive rate, which they reach linearly between points.
 *
 * @param curves at least one
 */
export function meanRoc(curves: readonly (readonly Point[])[], points: number): Point[] {
  const rates = Array.from({ length: points }, (_, index) => index / (points - 1));
  // Between 0 and the first rate, a good classifier rises to almost 1: small rates need points of their own.
  const grid = [...rates, ...rates.map((rate) => rate ** 3)].sort((a, b) => a - b);
  return grid.map((x) => ({
    x,
    y: curves.reduce((sum, curve) => sum + heightAt(curve, x), 0) / curves.length,
  }));
}

/** The height of a rising curve, where it is vertical the largest one. */
function heightAt(curve: readonly Point[], x: number): number {
  const next = curve.findIndex((point) => point.x > x);
  if (next === -1) return curve[curve.length - 1].y;
  const [from, to] = [curve[next - 1], curve[next]];
  return from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y);
}

/** The distance by which a thinned curve may miss a point, at first. */
const LEAST_TOLERANCE = 1e-4;

/**
 * At most `count` of the points of a curve, chosen so that lines between them pass near the others. Source: Douglas and Peucker, "Algorithms for
 * the reduction of the number of points required to represent a digitized line", Cartographica 10, 1973.
 *
 * @param count at least 2
 */
export function thinned(points: readonly Point[], count: number): Point[] {
  let kept = [...points];
  for (let tolerance = LEAST_TOLERANCE; kept.length > count; tolerance *= 2) {
    kept = simplified(kept, tolerance);
  }
  return kept;
}

function simplified(points: readonly Point[], tolerance: number): Point[] {
  const isKept = new Uint8Array(points.length);
  isKept[0] = isKept[points.length - 1] = 1;
  const open: [number, number][] = [[0, points.length - 1]];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [first, last] = part;
    let [farthest, most] = [-1, tolerance];
    for (let index = first + 1; index < last; index++) {
      const distance = distanceFromLine(points[index], points[first], points[last]);
      if (distance > most) [farthest, most] = [index, distance];
    }
    if (farthest === -1) continue;
    isKept[farthest] = 1;
    open.push([first, farthest], [farthest, last]);
  }
  return points.filter((_, index) => isKept[index] === 1);
}

function distanceFromLine({ x, y }: Point, from: Point, to: Point): number {
  const [width, height] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(width, height);
  if (length === 0) return Math.hypot(x - from.x, y - from.y);
  return Math.abs(width * (y - from.y) - height * (x - from.x)) / length;
}
