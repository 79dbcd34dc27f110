import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { readReportRun } from '#inkling/report/runs.js';
import { temporaryFolder } from '../data/tinySet.js';
import { trainForReport } from '../helpers/reportRuns.js';

const runs = trainForReport();

function copyOfRun(): string {
  const folder = join(temporaryFolder(), 'run');
  cpSync(runs().folders[0], folder, { recursive: true });
  return folder;
}

test('a look into a network with convolutions', () => {
  const { cnn, mlp } = runs();
  const { filters, image, maps } = cnn.insight;
  expect(filters).toMatchObject({ width: 3, height: 3 });
  expect(filters?.planes).toHaveLength(16);
  // The engine's layout: [kernel height, kernel width, 1 input channel, 16 output channels].
  const weights = cnn.saved.weights.get('layer1.0.weight') ?? new Float32Array();
  expect(filters?.planes[5]).toEqual(Array.from({ length: 9 }, (_, tap) => weights[tap * 16 + 5]));
  expect(maps.map(({ layer, width, channels }) => [layer, width, channels])).toEqual([
    ['layer1.0', 10, 16],
    ['layer2.0', 7, 32],
  ]);
  expect(maps.flatMap(({ planes }) => planes.flat()).every((value) => value >= 0)).toBe(true);
  expect(cnn.evidence.answers).toContain(image);
  expect(mlp.insight).toMatchObject({ filters: undefined, maps: [] });
});

test.each([
  ['interrupted', 'it was interrupted after 1 of 2 epochs'],
  ['diverged', 'it was diverged after 1 of 2 epochs'],
])('a run that was %s has nothing to report', async (stopReason, how) => {
  const folder = copyOfRun();
  const { summary } = runs().cnn;
  // What is undefined is left out of JSON.
  const ended = { ...summary, test: undefined, stopReason, epochs: summary.epochs.slice(0, 1) };
  writeFileSync(join(folder, 'summary.json'), JSON.stringify(ended));
  await expect(readReportRun(folder)).rejects.toThrow(
    new InklingError(
      `run "${folder}": has no test scores to report: ${how}; expected a finished run: train it again`,
    ),
  );
});

test('nor has one that goes on, one of another version, or a folder that is none', async () => {
  const unfinished = copyOfRun();
  rmSync(join(unfinished, 'summary.json'));
  await expect(readReportRun(unfinished)).rejects.toThrow('it goes on still, or was killed');

  const old = copyOfRun();
  const text = readFileSync(join(old, 'predictions.json'), 'utf8');
  writeFileSync(join(old, 'predictions.json'), text.replace('"format":1', '"format":7'));
  await expect(readReportRun(old)).rejects.toThrow('predictions.json: format 7, expected 1; ');

  const none = join(temporaryFolder(), 'none');
  mkdirSync(none);
  await expect(readReportRun(none)).rejects.toThrow('expected a run folder with a config.json, found none');
});
