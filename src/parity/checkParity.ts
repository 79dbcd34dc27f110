import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import { listOf } from '../core/arguments/records.js';
import * as originalReport from '../core/originalReport.js';
import type { Dataset } from '../data/dataset.js';
import type { Model } from '../models/model.js';
import { preset } from '../models/presets.js';
import { hardwareThreads } from '../platform/host.js';
import type { ParityCheck } from './compare.js';
import { type Golden, readGoldenFolder } from './golden.js';
import { compareMeans, compareWithGolden, isWithin, type SeedParity } from './parity.js';

/** How training compares with PyTorch's records of it. */
export interface Parity {
  /** One for each record. */
  readonly seeds: readonly SeedParity[];
  /** Compares the mean of all seeds. */
  readonly means: ParityCheck;
  /** What exceeds its tolerance; empty if all is well. */
  readonly exceeded: readonly ParityCheck[];
}

/** How to repeat PyTorch's training. */
export interface ParityOptions {
  /** Number of worker threads; by default one per core. */
  readonly threads?: number | undefined;
  /** Called after each epoch. */
  readonly onEpoch?: ((seed: number, epoch: number, epochs: number) => void) | undefined;
}

const OPTIONS: OptionKinds<ParityOptions> = { threads: kinds.count, onEpoch: kinds.callback };

const RECORDS = listOf('records', ['record'], 'readReportRecords(folder)');

/**
 * Reads PyTorch's records of training the report's model.
 *
 * @param folder contains `report-seed-N.json` and safetensors files
 * @throws {InklingError} when there are none, or one is invalid
 */
export function readReportRecords(folder: string): Golden[] {
  checkValues('readReportRecords', { folder }, { folder: kinds.path });
  return readGoldenFolder(folder, reportModel());
}

/**
 * Repeats the report's training with PyTorch's seeds, and compares all numbers that PyTorch recorded.
 *
 * @throws {UsageError} for anything but records and a data set
 */
export async function checkParity(
  records: readonly Golden[],
  dataset: Dataset,
  options: ParityOptions = {},
): Promise<Parity> {
  checkValues('checkParity', { records }, { records: RECORDS });
  checkArguments('checkParity', { dataset });
  checkOptions('checkParity', options, OPTIONS);
  const { threads = hardwareThreads(), onEpoch } = options;
  const model = reportModel();
  const seeds: SeedParity[] = [];
  for (const golden of records) {
    const report = (epoch: number, epochs: number) => onEpoch?.(golden.record.seed, epoch, epochs);
    seeds.push(await compareWithGolden(golden, model, dataset, threads, report));
  }
  const means = compareMeans(seeds);
  const checks = [...seeds.flatMap((seed) => seed.checks), means];
  return { seeds, means, exceeded: checks.filter((check) => !isWithin(check)) };
}

function reportModel(): Model {
  return preset(originalReport.model.value, { input: [28, 28, 1], classes: 10 });
}
