/**
 * Calibrates the bundled pretrained model again, without changing its weights: node scripts/calibratePretrained.js
 *
 * Requires a build, and MNIST (see `INKLING_DATA_DIR`).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRecord, encodeRecord } from '../dist/core/record.js';
import { loadDataset } from '../dist/data/load.js';
import { splitOf } from '../dist/data/split.js';
import { encodeCheckpoint } from '../dist/interop/checkpoint.js';
import { BEST_CHECKPOINT, readSavedModel } from '../dist/predict/load.js';
import { calibrateOnValidation } from '../dist/train/calibrateOnValidation.js';

const PRETRAINED = join('pretrained', 'report-cnn-mnist');
const CHECKPOINT = join(PRETRAINED, BEST_CHECKPOINT);
const SUMMARY = join(PRETRAINED, 'summary.json');

const saved = readSavedModel(PRETRAINED);
const { splitSeed } = JSON.parse(readFileSync(join(PRETRAINED, 'config.json'), 'utf8'));
const dataset = await loadDataset({ name: 'mnist', environment: process.env });
const calibration = await calibrateOnValidation(saved, dataset, splitOf(dataset, splitSeed));
writeFileSync(CHECKPOINT, encodeCheckpoint({ ...saved, calibration }));
const summary = checkRecord(JSON.parse(readFileSync(SUMMARY, 'utf8')), SUMMARY);
// The familiarity is in the model's file only.
const measured = { ...calibration, familiarity: undefined };
writeFileSync(SUMMARY, `${encodeRecord({ ...summary, calibration: measured }, 2)}\n`);
console.log(`wrote ${CHECKPOINT} and ${SUMMARY}`);
