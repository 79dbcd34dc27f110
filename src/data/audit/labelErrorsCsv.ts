import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkValues } from '../../core/arguments/checkOptions.js';
import { InklingError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import { csvCell } from '../../core/untrusted.js';
import type { Dataset } from '../dataset.js';
import type { ExcludedImages } from './excludedImages.js';
import { delimiterOf, endOfLine, nextRow, normalizeText, readRow } from '../table/cells.js';
import { LABEL_ERRORS, type LabelError } from './confidentLearning.js';

/** The columns from which images are excluded. */
const [IMAGE, LABEL] = ['image', 'label'];

/**
 * A CSV table with one row per image whose label is probably wrong, in their order (RFC 4180). `image` is its index among the training images.
 *
 * @param errors in the training images of the data set
 */
export function labelErrorsCsv(dataset: Dataset, errors: readonly LabelError[]): string {
  checkArguments('labelErrorsCsv', { dataset });
  checkValues('labelErrorsCsv', { errors }, { errors: LABEL_ERRORS });
  const { classes, imageFiles } = dataset;
  const header = [IMAGE, 'file', LABEL, 'suggested', 'confidence', 'label confidence'];
  const rows = errors.map(({ image, label, suggested, confidence, labelConfidence }) => [
    String(image),
    imageFiles?.files.train[image] ?? '',
    classes[label],
    classes[suggested],
    confidence.toFixed(4),
    labelConfidence.toFixed(4),
  ]);
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

/**
 * The images that a table names: one like that of `labelErrorsCsv`, of which rows and other columns than `image` and `label` may be removed.
 *
 * @param bytes the contents of the file
 * @param file for error messages
 * @throws {InklingError} when it is not such a table, or names no image
 */
export function parseExcluded(bytes: Uint8Array, file: string): ExcludedImages {
  const text = normalizeText(bytes);
  const { byte: delimiter } = delimiterOf(text.subarray(0, endOfLine(text, 0)));
  const header = readRow(text, 0, delimiter);
  const [imageColumn, labelColumn] = [IMAGE, LABEL].map((name) => header.cells.indexOf(name));
  if (imageColumn === -1 || labelColumn === -1) {
    throw new InklingError(
      `${file}: expected a table with the columns "${IMAGE}" and "${LABEL}", got "${header.cells.slice(0, 5).join(', ').slice(0, 80)}"; use one that inkling data --audit has written`,
    );
  }
  const byClass = new Map<string, Set<number>>();
  for (let row = 2, at = nextRow(text, header.end); at < text.length; row++) {
    const { cells, end } = readRow(text, at, delimiter);
    const image = cells.at(imageColumn) ?? '';
    if (!/^\d{1,9}$/.test(image)) {
      throw new InklingError(
        `${file}: row ${row}: ${IMAGE}: expected the index of a training image, got "${image}"; correct or remove the row`,
      );
    }
    const label = plainText(cells.at(labelColumn) ?? '');
    byClass.set(label, (byClass.get(label) ?? new Set()).add(Number(image)));
    at = nextRow(text, end);
  }
  if (byClass.size === 0) {
    throw new InklingError(`${file}: expected at least one image, got none; leave out ${option('exclude')}`);
  }
  return Object.fromEntries([...byClass].map(([label, images]) => [label, [...images]]));
}

/** The text of a cell without the apostrophe that `csvCell` puts before what a spreadsheet would take for a formula. */
function plainText(cell: string): string {
  return cell.startsWith("'") && csvCell(cell.slice(1)) !== cell.slice(1) ? cell.slice(1) : cell;
}
