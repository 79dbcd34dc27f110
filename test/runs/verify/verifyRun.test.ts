import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { VERSION } from '#inkling/core/version.js';
import { encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { importRun } from '#inkling/runs/importRun.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { resumeRun } from '#inkling/runs/trainRun.js';
import { readVerification } from '#inkling/runs/verify/verificationFile.js';
import { readTrainingEvents } from '#inkling/runs/verify/recordedEvents.js';
import { verifyRun } from '#inkling/runs/verify/verifyRun.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { run, runDataset as dataset, sharedFolder } from '../../helpers/run.js';
import { rewriteRecord } from '../rewrite.js';

const runDir = sharedFolder();
let finished: Awaited<ReturnType<typeof run>>;
beforeAll(async () => {
  // Twelve steps per epoch, of which the loss after the fourth is recorded.
  finished = await run(runDir, { batchSize: 8, epochs: 3 });
});

/** A copy of the finished run, in a folder with another name. */
function copied({ folder } = finished): string {
  const copy = join(mkdtempSync(join(runDir, 'copies-')), 'renamed');
  cpSync(folder, copy, { recursive: true });
  return copy;
}

const edit = (folder: string, file: string, change: (text: string) => string) => {
  const path = join(folder, file);
  writeFileSync(path, rewriteRecord(readFileSync(path, 'utf8'), change));
};

/** Changes one event, as if it had been written like that. */
function editEvent(folder: string, isMeant: RegExp, change: (text: string) => string): void {
  const path = join(folder, 'events.jsonl');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const at = lines.findIndex((line) => isMeant.test(line));
  expect(at, String(isMeant)).not.toBe(-1);
  writeFileSync(
    path,
    `${lines.map((line, i) => (i === at ? rewriteRecord(line, change) : line)).join('\n')}\n`,
  );
}

/** Changes one bit of a weight, with a checksum that fits. */
function flipBit(folder: string, file: string): void {
  const path = join(folder, 'checkpoints', file);
  const saved = readSavedModel(path);
  const weights = new Map([...saved.weights].map(([name, values]) => [name, values.slice()]));
  const bias = weights.get('layer1.0.bias') ?? new Float32Array(1);
  new Uint32Array(bias.buffer)[2] ^= 1;
  writeFileSync(path, encodeCheckpoint({ ...saved, weights }));
}

const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'base64')]);

test('a run that is repeated from its record has the same bits, with any number of threads, in any folder', async () => {
  const folder = copied();
  const before = contents(folder);
  const verification = await verifyRun(folder, dataset, { threads: 1 });
  expect(verification).toMatchObject({
    version: VERSION,
    result: 'same',
    epochs: 3,
    recordedEpochs: 3,
    environment: { threads: 1, node: process.version },
    compared: {
      states: 3,
      weights: [join('checkpoints', 'best.safetensors'), join('checkpoints', 'last.safetensors')],
      test: true,
    },
  });
  expect(verification.compared.losses).toBeGreaterThan(0);
  expect(verification).not.toHaveProperty('difference');
  // Only the verification has been added.
  expect(contents(folder).filter(([name]) => name !== 'verification.json')).toEqual(before);
  expect(readVerification(folder)).toEqual({ ...verification, isOutdated: false });
  edit(folder, 'summary.json', (text) => text.replace('"startedAt":"2', '"startedAt":"1'));
  expect(readVerification(folder)?.isOutdated).toBe(true);
});

test('a quick check repeats the first epochs', async () => {
  const folder = copied();
  const { result, epochs, compared } = await verifyRun(folder, dataset, { epochs: 1 });
  expect({ result, epochs, states: compared.states, test: compared.test }).toEqual({
    result: 'same',
    epochs: 1,
    states: 1,
    test: false,
  });
  await expect(verifyRun(folder, dataset, { epochs: 4 })).rejects.toThrow(
    `verify: expected at most 3 epochs, which ${folder} has completed, got 4; decrease `,
  );
});

const AFTER_TRAINING = (file: string) =>
  `The weights and the state of the optimizer after this epoch have the same bits, so ${file} was changed after training.`;
const best = join('checkpoints', 'best.safetensors');

/** A change of a number in JSON that keeps its length. */
const other = (pattern: RegExp) => (text: string) =>
  text.replace(pattern, (_all, before: string, digit: string) => `${before}${(Number(digit) + 1) % 10}`);

test.each<[what: string, damage: (folder: string) => void, difference: object]>([
  [
    'a bit of a weight',
    (folder) => {
      flipBit(folder, 'best.safetensors');
    },
    { file: best, what: 'layer1.0.bias[2]', reasons: [AFTER_TRAINING(best)] },
  ],
  [
    'a bit of the last weights',
    (folder) => {
      flipBit(folder, 'last.safetensors');
    },
    { where: 'epoch 3', file: join('checkpoints', 'last.safetensors'), what: 'layer1.0.bias[2]' },
  ],
  [
    'a loss in the summary',
    (folder) => {
      edit(folder, 'summary.json', other(/("epoch":2,"trainLoss":0\.\d{4})(\d)/));
    },
    { where: 'epoch 2', file: 'summary.json', what: 'trainLoss', reasons: [AFTER_TRAINING('summary.json')] },
  ],
  [
    'a loss in the events',
    (folder) => {
      editEvent(folder, /"type":"progress"/, other(/("trainLoss":\d\.\d{4})(\d)/));
    },
    {
      where: 'epoch 1, step 4 of 12',
      file: 'events.jsonl',
      what: 'trainLoss',
      reasons: [AFTER_TRAINING('events.jsonl')],
    },
  ],
  [
    'the hash of the state after an epoch',
    (folder) => {
      editEvent(folder, /"epoch":2,.*"state":/, (text) => text.replace(/"state":"...../, '"state":"00000'));
    },
    { where: 'epoch 2', file: 'events.jsonl', what: 'state' },
  ],
  [
    'a setting',
    (folder) => {
      edit(folder, 'config.json', (text) => text.replace('"learningRate":0.001', '"learningRate":0.002'));
    },
    { where: 'settings', file: 'config.json', what: 'learningRate', recorded: '0.002', repeated: '0.001' },
  ],
  [
    'a setting, everywhere',
    (folder) => {
      const change = (text: string) => text.replace('"learningRate":0.001', '"learningRate":0.002');
      edit(folder, 'config.json', change);
      editEvent(folder, /"type":"started"/, change);
    },
    {
      where: 'epoch 1, step 4 of 12',
      file: 'events.jsonl',
      reasons: [expect.stringContaining('so a record was changed after training')],
    },
  ],
  [
    'a prediction',
    (folder) => {
      const path = join(folder, 'predictions.json');
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        rewriteRecord(text, (json) => json.replace(/"predictions":"..../, '"predictions":"AgIC')),
      );
    },
    { where: 'the test', file: 'predictions.json', what: expect.stringMatching(/^predictions\[\d\]$/) },
  ],
  [
    'a test result',
    (folder) => {
      edit(folder, 'summary.json', other(/("test":\{"loss":\d\.\d{4})(\d)/));
    },
    { where: 'the test', file: 'summary.json', what: 'test.loss' },
  ],
  [
    'the temperature',
    (folder) => {
      edit(folder, 'summary.json', (text) => text.replace(/"temperature":\d/, '$&7'));
    },
    { where: 'the calibration', file: 'summary.json', what: 'calibration.temperature' },
  ],
])('%s that was changed is named', async (_what, damage, difference) => {
  const folder = copied();
  damage(folder);
  const verification = await verifyRun(folder, dataset);
  expect(verification).toMatchObject({ result: 'different', difference });
  expect(readVerification(folder)).toEqual({ ...verification, isOutdated: false });
});

test('what is known about the machine is a reason for a difference', async () => {
  const folder = copied();
  edit(folder, 'summary.json', (text) =>
    text
      .replace(`"version":"${VERSION}"`, '"version":"0.0.1"')
      .replace(/"node":"[^"]*"/, '"node":"v18.0.0"')
      .replace(/"cpu":"[^"]*"/, '"cpu":"Abacus"'),
  );
  // Without its state, which is of another version, nor its hashes, as in runs of earlier versions.
  const path = join(folder, 'events.jsonl');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const without = lines.map((line) => rewriteRecord(line, (text) => text.replace(/,"state":"[^"]*"/, '')));
  writeFileSync(path, `${without.join('\n')}\n`);
  expect(await verifyRun(folder, dataset, { epochs: 1 })).toMatchObject({
    result: 'same',
    compared: { states: 0 },
  });
  flipBit(folder, 'best.safetensors');
  const { difference } = await verifyRun(folder, dataset);
  expect(difference).toMatchObject({
    file: best,
    reasons: [
      `The version of Inkling is another one: 0.0.1 in the run, ${VERSION} now.`,
      expect.stringMatching(/^The processor is another one: Abacus in the run, .* now\.$/),
      `The version of Node.js is another one: v18.0.0 in the run, ${process.version} now.`,
    ],
  });
});

test('of a run that is trained for longer, the state says which device trained last', async () => {
  const folder = copied();
  const devices = JSON.stringify([{ from: 1, kind: 'gpu', adapter: 'Fake 9000' }]);
  edit(folder, 'summary.json', (text) =>
    text.replace('"environment":{', `"environment":{"devices":${devices},`),
  );
  expect(await verifyRun(folder, dataset, { epochs: 1 })).toMatchObject({ result: 'same' });
});

test('the losses of an epoch that was not completed do not count', () => {
  const folder = copied();
  const started = { type: 'started', config: finished.config };
  const lossAt = (epoch: number, trainLoss: number) => ({ type: 'progress', epoch, step: 1, trainLoss });
  const events = [started, lossAt(1, 3), lossAt(2, 2), { ...started, resumedAfter: 1 }, lossAt(3, 1)];
  const lines = events.map((event) => JSON.stringify(event));
  writeFileSync(join(folder, 'events.jsonl'), `${lines.join('\n')}\n`);
  expect([...readTrainingEvents(folder).losses.keys()]).toEqual([1, 3]);
});

describe('images that differ are named before training', () => {
  const changed = {
    ...dataset.train,
    images: dataset.train.images.map((pixel, i) => (i === 5 ? pixel ^ 1 : pixel)),
  };
  const fewer = { images: dataset.test.images.slice(64), labels: dataset.test.labels.slice(1) };

  test.each([
    [
      { ...dataset, train: changed },
      /^verify: the training images of stripes \(the tests\) differ from those of .*: SHA-256 \w{12}… expected, got \w{12}…; 100 images as expected; restore them, or specify where they are with /,
    ],
    [
      { ...dataset, test: fewer },
      /^verify: the test images .*; 30 images expected, got 29; class \w+: \d+ expected, got \d+; restore/,
    ],
    [{ ...dataset, train: changed, test: fewer }, /^verify: the training and the test images /],
    [{ ...dataset, classes: ['across', 'down', 'else'] }, /unknown class "else"/],
  ])('%#', async (given, message) => {
    const folder = copied();
    const onEvent = () => {
      throw new Error('trained');
    };
    await expect(verifyRun(folder, given, { onEvent })).rejects.toThrow(message);
    expect(readVerification(folder)).toBeUndefined();
  });
});

/** Trains until the first steps of an epoch are done. */
async function interrupted(changes: PartialConfig, epoch: number) {
  const controller = new AbortController();
  return run(
    runDir,
    { batchSize: 8, ...changes },
    {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === 'progress' && event.epoch === epoch) controller.abort();
      },
    },
  );
}

const resumed = (folder: string, changes: PartialConfig = {}) =>
  resumeRun(readResumePoint(folder, changes), dataset, { command: 'test' });

describe('a run that', () => {
  test('was interrupted is verified as far as it went, and whole when it has been resumed', async () => {
    const { folder } = await interrupted({ epochs: 4, schedule: 'one-cycle', optimizer: 'adamw' }, 3);
    expect(await verifyRun(folder, dataset)).toMatchObject({
      result: 'same',
      epochs: 2,
      compared: { test: false },
    });
    await resumed(folder, { threads: 1 });
    expect(await verifyRun(folder, dataset)).toMatchObject({
      result: 'same',
      epochs: 4,
      compared: { test: true },
    });
  });

  test('was killed has neither a summary nor its last weights', async () => {
    const { folder } = await interrupted({ epochs: 4 }, 3);
    rmSync(join(folder, 'summary.json'));
    rmSync(join(folder, 'checkpoints', 'last.safetensors'));
    await expect(verifyRun(folder, dataset)).rejects.toThrow(/is being trained; wait until it has finished$/);
    const events = join(folder, 'events.jsonl');
    utimesSync(events, 0, 0);
    expect(await verifyRun(folder, dataset)).toMatchObject({ result: 'same', epochs: 2 });
  });

  test('was trained for longer without finishing is verified with its results of fewer epochs', async () => {
    const { folder } = await run(runDir, { epochs: 2, batchSize: 8 });
    const controller = new AbortController();
    const onEvent = ({ type }: { type: string }) => {
      if (type === 'epoch') controller.abort();
    };
    const hooks = { command: 'test', signal: controller.signal, onEvent };
    await resumeRun(readResumePoint(folder, { epochs: 5 }), dataset, hooks);
    expect(await verifyRun(folder, dataset)).toMatchObject({
      result: 'same',
      epochs: 3,
      compared: { test: true, weights: [best] },
    });
  });

  test('starts from other weights is repeated from them, and they are compared first', async () => {
    const source = await run(runDir, { batchSize: 8, name: 'source' });
    const initFrom = source.folder;
    const settings = { initFrom, freeze: ['layer1'], batchSize: 8, seed: 7, augment: { shift: 1 } };
    const { folder } = await run(runDir, settings);
    expect(await verifyRun(folder, dataset)).toMatchObject({ result: 'same', epochs: 2 });
    flipBit(source.folder, 'best.safetensors');
    await expect(verifyRun(folder, dataset)).rejects.toThrow(
      new RegExp(
        `^verify: the weights of .*${basename(initFrom)}, which .* started from, have changed since: SHA-256 `,
      ),
    );
    rmSync(initFrom, { recursive: true });
    await expect(verifyRun(folder, dataset)).rejects.toThrow(initFrom);
  });

  test('fine-tunes a network whose new last layer is trained first', async () => {
    const source = await run(
      runDir,
      { batchSize: 8, name: 'source' },
      {},
      { ...dataset, classes: ['a', 'b', 'c'] },
    );
    const { folder } = await run(runDir, { initFrom: source.folder, fineTune: 1, batchSize: 8 });
    const { result, compared } = await verifyRun(folder, dataset);
    expect({ result, states: compared.states, losses: compared.losses }).toEqual({
      result: 'same',
      states: 2,
      losses: 0,
    });
  });

  test('is a fold of a cross-validation, or a trial that was not tested', async () => {
    for (const settings of [{ folds: 3, fold: 2 }, {}]) {
      const { folder } = await run(runDir, settings, { trainsOnly: true });
      expect(await verifyRun(folder, dataset)).toMatchObject({
        result: 'same',
        epochs: 2,
        compared: { test: false },
      });
    }
  });

  test('was imported, or completed no epoch, cannot be verified', async () => {
    const config = parseConfig({ dataset: 'digits', runDir, name: 'imported' });
    const imported = await importRun(join(finished.folder, best), config, dataset, { command: 'test' });
    await expect(verifyRun(imported.folder, dataset)).rejects.toThrow(
      `verify: ${imported.folder} was imported and has no record of its training; verify the run in the program that trained it`,
    );
    const { folder } = await interrupted({}, 1);
    await expect(verifyRun(folder, dataset)).rejects.toThrow(
      `verify: ${folder} has completed no epoch; train it first`,
    );
  });

  test('is damaged is rejected with the name of the file', async () => {
    const folder = copied();
    const bytes = readFileSync(join(folder, best));
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(join(folder, best), bytes);
    await expect(verifyRun(folder, dataset)).rejects.toThrow(`${join(folder, best)}: `);
  });
});

test('a verification that is interrupted records nothing', async () => {
  const folder = copied();
  const controller = new AbortController();
  const onEvent = ({ type }: { type: string }) => {
    if (type === 'epoch') controller.abort();
  };
  await expect(verifyRun(folder, dataset, { signal: controller.signal, onEvent })).rejects.toThrow(
    'verify: interrupted after epoch 1; nothing was recorded',
  );
  expect(readVerification(folder)).toBeUndefined();
});
