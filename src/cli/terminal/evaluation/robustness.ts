import { formatPercent } from '../../../core/format.js';
import type { Dataset } from '../../../data/dataset.js';
import { corruptions } from '../../../images/corrupt/corruptions.js';
import type { SavedModel } from '../../../interop/checkpoint.js';
import { measureRobustness, type RobustnessOptions } from '../../../runs/measurements/measureRobustness.js';
import { meanAccuracy } from '../../../runs/measurements/meanAccuracy.js';
import type { Robustness } from '../../../runs/measurements/robustness.js';
import type { Io } from '../../io.js';
import { LiveBar } from '../bar.js';
import type { Output } from '../output.js';

/** Measures the accuracy on changed test images, with a progress bar, and prints it. */
export async function measureAndPrintRobustness(
  saved: SavedModel,
  dataset: Dataset,
  options: Pick<RobustnessOptions, 'threads' | 'tta'>,
  io: Io,
  output: Output,
): Promise<Robustness> {
  const bar = new LiveBar(output.stream);
  const onProgress = (fraction: number) => {
    if (output.live) bar.show({ label: 'changed images', fraction, details: dataset.name });
  };
  try {
    const robustness = await io.interruptible((signal) =>
      measureRobustness(saved, dataset, { ...options, onProgress, signal }),
    );
    bar.clear();
    printRobustness(robustness, output);
    return robustness;
  } finally {
    bar.clear();
  }
}

function printRobustness({ total, correct, corruptions: measured }: Robustness, output: Output): void {
  output.line();
  output.heading('Accuracy on changed test images by severity');
  const severities = measured[0].levels.map((_, level) => String(level + 1));
  output.table(
    [
      ['', ...severities, 'mean'],
      ['unchanged', ...severities.map(() => ''), formatPercent(correct / total)],
      ...measured.map(({ name, correct: counts }) => [
        name,
        ...counts.map((count) => formatPercent(count / total)),
        formatPercent(meanAccuracy(counts, total)),
      ]),
    ],
    ['left', ...severities.map(() => 'right' as const), 'right'],
  );
  output.lines(measured.map(({ name, levels }) => `${name}: ${levels.join(', ')} ${corruptions[name].unit}`));
}
