import { MEASUREMENT_NAMES, measuringFlag, readMeasurement } from '../../runs/measurements/measurement.js';
import { TYPESETTER_MISSING } from '../../report/typst/compiler.js';
import type { WrittenCompanions } from '../../report/companions/writeCompanions.js';
import type { WrittenReport } from '../../report/write.js';
import type { Output } from './output.js';

/** Prints the paths of a report. */
export function printReport({ html, pdf }: WrittenReport, output: Output): void {
  output.conclusion(`report: ${html}${pdf === undefined ? '' : ` and ${pdf}`}`);
  if (pdf === undefined) output.line(TYPESETTER_MISSING);
}

/** Says how to add to a report what was not measured of its runs. Only the first is embedded. */
export function printMissing(folders: readonly string[], output: Output): void {
  for (const [index, folder] of folders.entries()) {
    const missing = MEASUREMENT_NAMES.filter(
      (name) => readMeasurement(folder, name) === undefined && (index === 0 || name === 'robustness'),
    );
    if (missing.length === 0) continue;
    const flags = missing.map(measuringFlag).join(' ');
    output.line(`the report does not show the ${missing.join(' and ')} of ${folder}; to add it, run:`);
    output.line(`inkling evaluate ${folder} ${flags}`);
  }
}

/** Prints the paths of what accompanies a report. */
export function printCompanions(
  { modelCard, citation, tensorboard, kept }: WrittenCompanions,
  output: Output,
): void {
  const files = [modelCard, citation].filter((file) => file !== undefined);
  if (files.length > 0) output.line(`for others: ${files.join(' and ')}`);
  for (const file of kept) output.line(`left as it is, because Inkling did not write it: ${file}`);
  output.line(`curves, images, and hyperparameters: tensorboard --logdir ${tensorboard}`);
}
