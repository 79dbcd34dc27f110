import type { Dataset } from '../../../data/dataset.js';
import { readSavedModel } from '../../../predict/load.js';
import { embedTestImages } from '../../../runs/measurements/embedTestImages.js';
import { saveMeasurement } from '../../../runs/measurements/measurement.js';
import { readRun } from '../../../runs/readRun.js';
import type { Io } from '../../io.js';
import type { Output } from '../output.js';
import { measureAndPrintRobustness } from './robustness.js';

/**
 * Measures what a report shows besides the results of training, and records it: the robustness of each run, and the embedding of the test images
 * by the first.
 *
 * @param folders of the runs of the report
 */
export async function measureForReport(
  folders: readonly string[],
  dataset: Dataset,
  io: Io,
  output: Output,
): Promise<void> {
  for (const [index, folder] of folders.entries()) {
    const { threads, tta } = readRun(folder).config;
    const saved = readSavedModel(folder);
    output.line(`measuring the robustness of ${saved.model.name}, ${folder}`);
    const robustness = await measureAndPrintRobustness(saved, dataset, { threads, tta }, io, output);
    saveMeasurement(folder, 'robustness', robustness);
    output.line();
    if (index > 0) continue;
    const embedding = await io.interruptible((signal) =>
      embedTestImages(saved, dataset, { threads, signal }),
    );
    saveMeasurement(folder, 'embedding', embedding);
  }
}
