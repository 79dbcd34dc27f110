import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkOptions, checkValues, type OptionKinds } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import * as records from '../../core/arguments/records.js';
import { InklingError, UsageError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { option } from '../../core/optionName.js';
import { VERSION } from '../../core/version.js';
import type { Dataset } from '../../data/dataset.js';
import { hardwareThreads } from '../../platform/host.js';
import { describeMachine } from '../../platform/machine.js';
import { addDevice, describeDevice } from '../../train/device/usedDevices.js';
import type { FoundDifference } from './comparison.js';
import { reasonsFor } from './reasons.js';
import { devicesOf, readRecordedRun, type RecordedRun } from './recordedRun.js';
import { type Repetition, type RepetitionHooks, repeatRun } from './repeatRun.js';
import { settingDifference } from './settingDifference.js';
import type { Difference, Verification } from './verification.js';
import { hashOfRecord, saveVerification } from './verificationFile.js';

/** How the training of a run is repeated. */
export interface VerifyOptions extends RepetitionHooks {
  /** How many epochs are repeated, for a quick check. By default all of them, and the model is tested as well. */
  readonly epochs?: number | undefined;
}

const OPTIONS: OptionKinds<VerifyOptions> = {
  epochs: kinds.count,
  threads: kinds.count,
  onEvent: kinds.callback,
  onDownload: kinds.callback,
  signal: kinds.signal,
};

/**
 * Repeats the training of a run from its record alone, and compares all that the run recorded, bit for bit: settings, losses, weights, and
 * test results. The result is written to `verification.json` in the run folder, as far as that is permitted; nothing else in it is
 * changed.
 *
 * @param folder of the run
 * @param dataset its images
 * @returns whether all is the same, or the first difference
 * @throws {InklingError} when the training cannot be repeated: the run is in progress, was imported, or completed no epoch; a file is
 * damaged; its images, or the weights that it started from, have changed; or the signal was aborted
 */
export async function verifyRun(
  folder: string,
  dataset: Dataset,
  options: VerifyOptions = {},
): Promise<Verification> {
  checkValues('verifyRun', { folder }, { folder: records.runFolder });
  checkArguments('verifyRun', { dataset });
  checkOptions('verifyRun', options, OPTIONS);
  return verifyRecordedRun(readRecordedRun(folder), dataset, options);
}

/** Like `verifyRun`, for a run that has been read. */
export async function verifyRecordedRun(
  run: RecordedRun,
  dataset: Dataset,
  { epochs: asked, ...hooks }: VerifyOptions,
): Promise<Verification> {
  const { folder } = run;
  const epochs = epochsToRepeat(run, asked);
  const changedSetting = settingDifference(run);
  const repetition =
    changedSetting === undefined ? await repeatRun(run, dataset, epochs, hooks) : noRepetition(hooks);
  const difference = changedSetting ?? explained(run, repetition);
  const { threads, engine, compared } = repetition;
  const { simd, device } = engine ?? {};
  const verification: Verification = {
    version: VERSION,
    verifiedAt: new Date().toISOString(),
    environment: {
      ...describeMachine(),
      threads,
      ...(simd && { simd }),
      ...(device?.kind === 'gpu' && { devices: addDevice(undefined, device, 0) }),
    },
    epochs: repetition.epochs,
    recordedEpochs: run.completed,
    compared,
    result: difference === undefined ? 'same' : 'different',
    ...(difference && { difference }),
    record: hashOfRecord(folder),
  };
  saveVerification(folder, verification);
  return verification;
}

function epochsToRepeat(run: RecordedRun, asked = run.completed): number {
  const { folder, completed } = run;
  if (asked <= completed) {
    assertOneDevice(run, asked);
    return asked;
  }
  throw new UsageError(
    `verify: expected at most ${formatPlural(completed, 'epoch')}, which ${folder} has completed, got ${asked}; decrease ${option('epochs')}`,
  );
}

/** What one device computes does not have the bits of what two have computed. */
function assertOneDevice(run: RecordedRun, epochs: number): void {
  const devices = devicesOf(run);
  const [first] = devices;
  const second = devices.at(1);
  if (second === undefined || epochs < second.from) return;
  throw new InklingError(
    `verify: ${run.folder} was trained on ${describeDevice(first)} and, from epoch ${second.from}, on ${describeDevice(second)}, so that one device cannot repeat it; ` +
      `repeat only its first epochs (${option('epochs')}: ${second.from - 1})`,
  );
}

/** What a run is found to be without training. */
function noRepetition({ threads = hardwareThreads() }: RepetitionHooks): Repetition {
  const compared = { losses: 0, states: 0, weights: [], test: false };
  return { epochs: 0, compared, difference: undefined, threads, engine: undefined };
}

function explained(run: RecordedRun, { difference, engine }: Repetition): Difference | undefined {
  if (difference === undefined) return undefined;
  const { isStateSame, ...found } = difference;
  return { ...found, reasons: isStateSame ? [changedLater(found)] : reasonsFor(run, engine) };
}

/** The reason for a difference in spite of which training had the same result. */
function changedLater({ file }: Pick<FoundDifference, 'file'>): string {
  return `The weights and the state of the optimizer after this epoch have the same bits, so ${file} was changed after training.`;
}
