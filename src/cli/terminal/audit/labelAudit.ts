import { basename } from 'node:path';
import { option } from '../../../core/optionName.js';
import { formatCount, formatPercent, formatPlural } from '../../../core/format.js';
import { labelErrorsCsv } from '../../../data/audit/labelErrorsCsv.js';
import type { Dataset } from '../../../data/dataset.js';
import { writeFileAtomic } from '../../../platform/files.js';
import { findLabelErrors, type LabelAudit } from '../../../runs/labelAudit/findLabelErrors.js';
import { checkModel } from '../../../runs/startingConfig.js';
import { parseConfig, type PartialConfig } from '../../../train/config.js';
import type { Io } from '../../io.js';
import { LiveBar } from '../bar.js';
import type { Output } from '../output.js';
import { LoadReporter } from '../progress.js';

const MAX_LISTED = 10;

/** How the labels of a data set are audited, and what is written. */
export interface LabelAuditFiles {
  readonly settings: PartialConfig;
  readonly csv?: string | undefined;
  readonly sheet?: string | undefined;
}

/** What the networks of an audit require of the images. */
export const inputOfAudit = (settings: PartialConfig) => checkModel(parseConfig(settings));

/** Finds the training images whose label is probably wrong, lists the first, and writes all; returns the value for `--json`. */
export async function auditLabels(
  dataset: Dataset,
  { settings, csv, sheet }: LabelAuditFiles,
  io: Io,
  output: Output,
): Promise<object> {
  const audit = await trainAndFind(dataset, settings, io, output);
  const { errors, noise, agreement } = audit;
  const stem = `${basename(dataset.name)}-label-errors`;
  const files =
    errors.length === 0 ? undefined : { csv: csv ?? `${stem}.csv`, sheet: sheet ?? `${stem}.png` };
  const images = files && (await writeFiles(dataset, audit, files));
  output.line();
  printErrors(dataset, audit, output);
  if (files !== undefined) {
    output.lines([
      `all of them: ${files.csv}`,
      `the first ${formatPlural(images ?? 0, 'image')}: ${files.sheet}`,
      'to train without them, check the list, remove the rows of images to keep, and run:',
      `inkling train --exclude ${files.csv} with ${option('dataset')} and your other options`,
    ]);
  }
  const { classes } = dataset;
  return {
    errors: errors.map(({ label, suggested, ...error }) => ({
      ...error,
      label: classes[label],
      suggested: classes[suggested],
    })),
    noise,
    agreement,
    ...files,
  };
}

async function trainAndFind(
  dataset: Dataset,
  settings: PartialConfig,
  io: Io,
  output: Output,
): Promise<LabelAudit> {
  const [bar, loading] = [new LiveBar(output.stream), new LoadReporter(output)];
  output.line();
  output.line('auditing labels: each training image is predicted by a network that is trained on others');
  try {
    return await io.interruptible((signal) =>
      findLabelErrors(dataset, {
        settings,
        signal,
        onDownload: loading.onDownload,
        onProgress({ fold, folds, epoch, epochs, step, steps }) {
          if (!output.live) return;
          const done = (fold - 1 + (epoch - 1 + step / steps) / epochs) / folds;
          const details = `fold ${fold} of ${folds}, epoch ${epoch} of ${epochs}`;
          bar.show({ label: 'labels', fraction: done, details });
        },
      }),
    );
  } finally {
    bar.clear();
    loading.close();
  }
}

async function writeFiles(
  dataset: Dataset,
  { errors }: LabelAudit,
  { csv, sheet }: { readonly csv: string; readonly sheet: string },
): Promise<number> {
  // Loading it takes a moment, which describing a data set should not need.
  const { writeLabelErrorSheet } = await import('../../../report/sheets/labelErrorSheet.js');
  writeFileAtomic(csv, labelErrorsCsv(dataset, errors));
  return writeLabelErrorSheet(dataset, errors, sheet);
}

function printErrors(dataset: Dataset, { errors, noise, agreement }: LabelAudit, output: Output): void {
  const { classes, train, imageFiles } = dataset;
  const images = train.labels.length;
  const share = formatPercent(errors.length / images);
  output.heading('Images whose label is probably wrong');
  output.table(
    [
      ['image', 'label', 'suggested', 'confidence', 'label confidence', ''],
      ...errors
        .slice(0, MAX_LISTED)
        .map(({ image, label, suggested, confidence, labelConfidence }) => [
          String(image),
          classes[label],
          classes[suggested],
          formatPercent(confidence),
          formatPercent(labelConfidence),
          imageFiles?.files.train[image] ?? '',
        ]),
    ],
    ['right', 'left', 'left', 'right', 'right', 'left'],
  );
  output.line(
    `estimated share of wrong labels: ${formatPercent(noise)}; the networks predict ${formatPercent(agreement)} of the labels`,
  );
  output.conclusion(
    `${dataset.name}: ${formatCount(errors.length)} of ${formatPlural(images, 'training image')} (${share}) may have a wrong label`,
  );
}
