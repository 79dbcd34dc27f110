import { InklingError, UsageError } from '../core/errors.js';
import { formatCount, formatPlural, printable } from '../core/format.js';
import { toUnitFloats } from '../core/pixels.js';
import { formatShape } from '../core/shape.js';
import { parseCsvImages } from '../data/csv/parseCsv.js';
import { MAX_CSV_BYTES, CSV_EXTENSION } from '../data/csv/loadCsv.js';
import { readBytes, writeFileAtomic } from '../platform/files.js';
import { Classifier } from '../predict/classifier.js';
import { rank, type RankedClass } from '../predict/ranking.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import type { Output } from './terminal/output.js';
import { csvCell } from '../predict/predictions.js';

/** Images of a table that are answered together. */
const BATCH = 1024;

/** What becomes of the answers. */
export interface TableOptions {
  readonly top: number;
  /** The file to write `ImageId,Label` to. */
  readonly csv?: string | undefined;
}

/**
 * The table among the words of a command line, where they name one.
 *
 * @throws {UsageError} when other words stand beside it
 */
export function tableOf(words: readonly string[]): string | undefined {
  const table = words.find((word) => CSV_EXTENSION.test(word));
  if (table === undefined || words.length === 1) return table;
  throw new UsageError(
    `predict: expected the table "${table}" alone, got ${words.length} names; ask for pictures in a command of their own`,
  );
}

/**
 * Answers the images of a table of pixels: to a file as Kaggle takes it, or a line an image.
 *
 * @throws {InklingError} when the table is malformed, or its images are not the model's
 */
export async function answerTable(
  { saved, calibration }: TrainedModel,
  file: string,
  { top, csv }: TableOptions,
  output: Output,
): Promise<void> {
  const { pixels, side } = parseCsvImages(readBytes(file, MAX_CSV_BYTES), file);
  const { input, name } = saved.model;
  const came = formatShape([side, side, 1]);
  if (came !== formatShape(input)) {
    throw new InklingError(
      `${file}: has images of ${came}, but ${name} takes those of ${formatShape(input)}; name a run trained on such images`,
    );
  }
  const classifier = await Classifier.create(saved);
  const answers: RankedClass[][] = [];
  for (let start = 0; start < pixels.length; start += BATCH * side * side) {
    const batch = toUnitFloats(pixels.subarray(start, start + BATCH * side * side));
    answers.push(...rank(classifier.logits(batch), { classes: saved.classes, calibration, count: top }));
  }
  if (csv === undefined) {
    answers.forEach(([best], at) => {
      output.conclusion(`${printable(file)} ${formatCount(at + 1)}: ${printable(best.class)}`);
    });
  } else {
    writeFileAtomic(csv, kaggleCsv(answers));
    output.conclusion(`${formatPlural(answers.length, 'answer')} to ${printable(file)} in ${printable(csv)}`);
  }
  output.result({
    model: name,
    table: file,
    images: answers.map((ranked) => ({ ...ranked[0], top: ranked })),
  });
}

/** A row an image, counted from 1. */
function kaggleCsv(answers: readonly (readonly RankedClass[])[]): string {
  const rows = answers.map(([best], at) => `${at + 1},${csvCell(best.class)}\n`);
  return ['ImageId,Label\n', ...rows].join('');
}
