import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isBroken, listRuns } from '#inkling/runs/listRuns.js';
import { listRunDatasets } from '#inkling/runs/dataset/runDatasets.js';
import { temporaryFolder } from '../data/tinySet.js';

function folderWith(files: Readonly<Record<string, string>>): string {
  const runDir = temporaryFolder();
  for (const [path, content] of Object.entries({ 'good-1/config.json': '{}', ...files })) {
    mkdirSync(join(runDir, path, '..'), { recursive: true });
    writeFileSync(join(runDir, path), content);
  }
  return runDir;
}

test.each<[what: string, files: Record<string, string>, folder: string, problem: string]>([
  [
    'of another program',
    { 'other/config.json': '{"architectures": ["ViT"], "hidden_size": 192}' },
    'other',
    'config.json: expected the settings of a run, got a file that contains none of them; another program wrote it',
  ],
  [
    'of another program, with a list',
    { 'other/config.json': '[1, 2]' },
    'other',
    'config.json: expected the settings of a run, got a file that contains none of them; another program wrote it',
  ],
  [
    'whose settings are null',
    { 'null/config.json': 'null' },
    'null',
    'config.json: expected an object, got null',
  ],
  [
    'whose summary was cut to nothing',
    { 'cut/config.json': '{}', 'cut/summary.json': '' },
    'cut',
    'summary.json: expected JSON, got an empty file; the disk may have been full, train again',
  ],
  [
    'whose summary holds null',
    { 'null/config.json': '{}', 'null/summary.json': '{"seed": null}' },
    'null',
    'summary.json: version: expected a string, got undefined; ',
  ],
  ['without settings', { 'lost/summary.json': '{}' }, 'lost', 'not a run folder: it has no config.json'],
  [
    'whose settings are a folder',
    { 'odd/config.json/x': '' },
    'odd',
    'config.json: it is a folder, not a file',
  ],
])('a folder %s is listed as broken, along with the other runs', (_what, files, folder, problem) => {
  const runDir = folderWith(files);
  const runs = listRuns(runDir);
  expect(runs.map((run) => run.folder)).toContain(join(runDir, 'good-1'));
  const broken = runs.filter(isBroken);
  expect(broken).toEqual([{ folder: join(runDir, folder), problem: expect.stringContaining(problem) }]);
  expect(broken[0].problem).toContain(join(runDir, folder));
  expect(listRunDatasets(runDir)).toEqual([]);
});

test('a folder without files of a run is not listed', () => {
  const runDir = folderWith({ 'notes/readme.txt': '' });
  expect(listRuns(runDir).map((run) => run.folder)).toEqual([join(runDir, 'good-1')]);
});
