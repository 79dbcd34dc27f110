/**
 * Trains the bundled pretrained model and saves its best weights and its record: node scripts/pretrain.js
 *
 * Folders of the machine are removed from the record.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkRecord, encodeRecord } from '../dist/core/record.js';

const PRETRAINED = join('pretrained', 'report-cnn-mnist');
const SETTINGS = ['--model', 'report-cnn', '--dataset', 'mnist', '--seed', '0'];

const folder = mkdtempSync(join(tmpdir(), 'inkling-pretrain-'));
const cli = join('dist', 'bin', 'inkling.js');
execFileSync(process.execPath, [cli, 'train', ...SETTINGS, '--run-dir', folder], { stdio: 'inherit' });
const run = join(folder, 'report-cnn-mnist-1');

const read = (file) => checkRecord(JSON.parse(readFileSync(join(run, file), 'utf8')), file);
const write = (file, value) => writeFileSync(join(PRETRAINED, file), `${encodeRecord(value, 2)}\n`);

mkdirSync(join(PRETRAINED, 'checkpoints'), { recursive: true });
for (const file of ['metrics.csv', join('checkpoints', 'best.safetensors')]) {
  copyFileSync(join(run, file), join(PRETRAINED, file));
}
write('config.json', { ...read('config.json'), runDir: 'pretrained' });
const { dataset, ...summary } = read('summary.json');
const source = { ...dataset.source, location: basename(dataset.source.location) };
write('summary.json', {
  ...summary,
  command: ['inkling', 'train', ...SETTINGS].join(' '),
  dataset: { ...dataset, source },
});
rmSync(folder, { recursive: true });
console.log(`wrote ${PRETRAINED}`);
