/**
 * Adds checksums to the files of the bundled pretrained model, or computes them again, without changing anything else:
 * node scripts/stampPretrained.js
 *
 * Requires a build.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeRecord } from '../dist/core/record.js';
import { decodeSafetensors } from '../dist/interop/decodeSafetensors.js';
import { encodeSafetensors } from '../dist/interop/safetensors.js';

const PRETRAINED = join('pretrained', 'report-cnn-mnist');

for (const name of ['config.json', 'summary.json']) {
  const file = join(PRETRAINED, name);
  const record = JSON.parse(readFileSync(file, 'utf8'));
  delete record.checksum;
  writeFileSync(file, `${encodeRecord(record, 2)}\n`);
}
const checkpoint = join(PRETRAINED, 'checkpoints', 'best.safetensors');
const { tensors, metadata } = decodeSafetensors(readFileSync(checkpoint), checkpoint);
writeFileSync(checkpoint, encodeSafetensors(tensors, metadata));
console.log(`wrote ${PRETRAINED}`);
