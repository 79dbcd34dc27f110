import { drawSkeleton } from '../../dist/data/digits/generateDigits.js';
import { SKELETONS } from '../../dist/data/digits/skeletons.js';
import { penStroke } from './lines.js';
import { attach, line, whole } from './shapes.js';

/** Digits that may lose a part without becoming another digit. */
const CUTTABLE = [2, 3, 4, 5, 6];

/**
 * Draws a digit with a stroke more or a part less.
 *
 * @param {import('../../dist/core/random.js').Random} random
 * @param {Uint8Array} image `[28, 28]`, all 0
 */
export function drawSpoiledDigit(random, image) {
  const isCut = random.uniform(0, 1) < 0.15;
  const digit = isCut ? CUTTABLE[whole(random, 0, CUTTABLE.length - 1)] : whole(random, 0, 9);
  const ways = SKELETONS[digit];
  const strokes = ways[whole(random, 0, ways.length - 1)].strokes.map((stroke) => [...stroke]);
  if (isCut) cut(random, strokes);
  else strokes.push(extraStroke(random, strokes[0]));
  drawSkeleton([{ weight: 1, strokes }], random, image);
}

/** A line or a hook, which often begins at the digit. */
function extraStroke(random, stroke) {
  const extra =
    random.uniform(0, 1) < 0.5
      ? line(random, random.uniform(0, 1) < 0.5, true, false).slice(0, 2)
      : penStroke(random, whole(random, 2, 5));
  if (random.uniform(0, 1) < 0.6) attach(extra, stroke, random);
  return extra;
}

/** Removes a stroke, or a third to two thirds of the only one. */
function cut(random, strokes) {
  if (strokes.length > 1) {
    strokes.splice(whole(random, 0, strokes.length - 1), 1);
    return;
  }
  const kept = Math.max(2, Math.round(strokes[0].length * random.uniform(0.35, 0.65)));
  strokes[0] = random.uniform(0, 1) < 0.5 ? strokes[0].slice(0, kept) : strokes[0].slice(-kept);
}
