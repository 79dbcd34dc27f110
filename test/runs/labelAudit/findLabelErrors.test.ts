import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { labelErrorsCsv, parseExcluded } from '#inkling/data/audit/labelErrorsCsv.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { excludedImages, withoutImages } from '#inkling/data/audit/excludedImages.js';
import { splitOf } from '#inkling/data/split.js';
import { writeLabelErrorSheet } from '#inkling/report/sheets/labelErrorSheet.js';
import { recordedTask } from '#inkling/runs/dataset/recordedTask.js';
import { findLabelErrors } from '#inkling/runs/labelAudit/findLabelErrors.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { readRun } from '#inkling/runs/readRun.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { parseConfig } from '#inkling/train/config.js';
import { temporaryFolder } from '../../data/tinySet.js';
import { stripes } from '../../helpers/stripes.js';

const WRONG = [3, 50, 77, 120, 160];
const settings = { model: 'mlp', epochs: 6, batchSize: 16 };

/** Stripes, of which some have the label of the next class. */
function mislabeled(): Dataset {
  const dataset = stripes({ train: 180, test: 30 });
  const labels = Uint8Array.from(dataset.train.labels);
  for (const image of WRONG) labels[image] = (labels[image] + 1) % 3;
  return { ...dataset, train: { ...dataset.train, labels } };
}

const encode = (text: string) => new TextEncoder().encode(text);

test('finds wrong labels, with any number of threads, and lists and draws them', async () => {
  const dataset = mislabeled();
  const seen: string[] = [];
  const audit = await findLabelErrors(dataset, {
    settings: { ...settings, threads: 2 },
    onProgress: ({ fold, folds, epoch, epochs }) => {
      seen.push(`${fold}/${folds} ${epoch}/${epochs}`);
    },
  });
  expect(audit.errors.map(({ image }) => image).sort((a, b) => a - b)).toEqual(WRONG);
  expect(audit.exclude).toEqual(excludedImages(dataset, WRONG));
  expect([seen.at(0), seen.at(-1)]).toEqual(['1/3 1/6', '3/3 6/6']);
  expect(audit.agreement).toBeCloseTo(175 / 180, 2);
  const validated = { ...dataset, validationCount: 40 };
  const again = await findLabelErrors(validated, { settings: { ...settings, threads: 1 } });
  expect(again.errors).toEqual(audit.errors);

  const csv = labelErrorsCsv(dataset, audit.errors);
  expect(csv.split('\n')[0]).toBe('image,file,label,suggested,confidence,label confidence');
  expect(csv).toMatch(/^\d+,,(across|down|blank),(across|down|blank),0\.\d{4},0\.\d{4}$/m);
  expect(excludedImages(dataset, Object.values(parseExcluded(encode(csv), 'a.csv')).flat())).toEqual(
    audit.exclude,
  );
  const file = join(temporaryFolder(), 'sheet.png');
  expect(await writeLabelErrorSheet(dataset, audit.errors, file)).toBe(WRONG.length);
  expect(decode(readFileSync(file)).width).toBeGreaterThan(400);
  await expect(writeLabelErrorSheet(dataset, [], file)).rejects.toThrow(
    `${file}: expected at least one label error to draw, got none; draw no sheet`,
  );
});

test('divides groups into as many folds as they permit', async () => {
  const images = mislabeled();
  const audit = async (groups: number) => {
    const folds = new Set<string>();
    const writer = Array.from(images.train.labels, (_, image) => `writer ${Math.floor(image / 3) % groups}`);
    await findLabelErrors(
      { ...images, columns: { writer } },
      {
        settings: { ...settings, epochs: 1, group: 'writer' },
        onProgress: ({ fold, folds: all }) => folds.add(`${fold}/${all}`),
      },
    );
    return [...folds];
  };
  expect(await audit(2)).toEqual(['1/2', '2/2']);
  expect(await audit(9)).toEqual(['1/3', '2/3', '3/3']);
  await expect(audit(1)).rejects.toThrow(
    'the tests: the option group: the 1 group cannot be divided into training and validation images that both have all classes; add images of other groups, or leave out the option group',
  );
});

test('can be interrupted, and rejects settings that do not apply', async () => {
  const controller = new AbortController();
  const audit = findLabelErrors(mislabeled(), {
    settings,
    signal: controller.signal,
    onProgress: () => {
      controller.abort(new Error('stopped'));
    },
  });
  await expect(audit).rejects.toThrow('stopped');
  await expect(findLabelErrors(mislabeled(), { settings: { fold: 1 } })).rejects.toThrow(
    'findLabelErrors: settings: fold: does not apply to an audit; leave it out',
  );
  await expect(findLabelErrors(mislabeled(), { settings: { trainLimit: 90 } })).rejects.toThrow(
    'findLabelErrors: settings: trainLimit: does not apply to an audit; leave it out',
  );
  const dataset = mislabeled();
  const labels = dataset.train.labels.map((label, image) => (image === 0 ? 2 : label % 2));
  await expect(findLabelErrors({ ...dataset, train: { ...dataset.train, labels } })).rejects.toThrow(
    'the tests: the class "blank" has 1 training image, expected at least 2, so that each is predicted by a model that knows others; add images, or remove the class',
  );
});

test('trains without excluded images, which the run records', async () => {
  const dataset = mislabeled();
  const exclude = excludedImages(dataset, WRONG);
  const config = parseConfig({ ...settings, epochs: 1, exclude, runDir: temporaryFolder() });
  const { folder, summary } = await trainRun(config, dataset, { command: 'test' });
  const whole = splitOf(dataset, config.splitSeed);
  const kept = (images: Uint32Array) => [...images].filter((image) => !WRONG.includes(image));
  expect(summary.dataset).toMatchObject({
    train: kept(whole.train).length,
    validation: kept(whole.validation).length,
  });
  const recorded = readRun(folder).config;
  expect(recorded.exclude).toEqual(exclude);
  const { split } = recordedTask(readSavedModel(folder), recorded, dataset);
  expect([...split.train]).toEqual(kept(whole.train));
});

test('rejects lists that belong to other images, and files that are no lists', () => {
  const dataset = mislabeled();
  const split = splitOf(dataset, 1);
  const exclude = (excluded: Record<string, number[]>) => () => withoutImages(split, excluded, dataset);
  const name = dataset.classes[dataset.train.labels[0]];
  const other = dataset.classes[(dataset.train.labels[0] + 1) % 3];
  expect(exclude({ [other]: [0] })).toThrow(
    `the option exclude: expected training image 0 of the tests to be one of the class "${other}", got one of "${name}"; the list belongs to other images: make it again for this data set`,
  );
  expect(exclude({ [name]: [180] })).toThrow('got only 180 images;');
  const parse = (text: string) => () => parseExcluded(encode(text), 'list.csv');
  expect(parse('file;label\na;b\n')).toThrow(
    'list.csv: expected a table with the columns "image" and "label", got "file, label"; use one that inkling data --audit has written',
  );
  expect(parse('label,image\ncat,1\ncat,one\n')).toThrow(
    'list.csv: row 3: image: expected the index of a training image, got "one"; correct or remove the row',
  );
  expect(parse('label,image\n')).toThrow(
    'list.csv: expected at least one image, got none; leave out the option exclude',
  );
  expect(parse(`image,label\n4,"'=a"\n7,"'=a"\n`)()).toEqual({ '=a': [4, 7] });
});
