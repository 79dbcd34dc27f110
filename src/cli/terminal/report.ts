import { MEASUREMENT_NAMES, measuringFlag, readMeasurement } from '../../runs/measurements/measurement.js';
import { TYPESETTER_MISSING } from '../../report/typst/compiler.js';
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
