import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exportModel } from '#inkling/export/exportModel.js';
import { type ExportFormatName, exportFormats } from '#inkling/export/formats/index.js';
import { readSavedModel, saveClassifier } from '#inkling/predict/load.js';
import { writeRendered } from '#inkling/report/write.js';
import { mixedModel } from '../helpers/mixedModel.js';
import { testScenario } from './scenario.js';

const saved = mixedModel();

/** The contents of all files that are not temporary, which are checked after the retry. */
function outcome(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.tmp') && statSync(join(folder, name)).isFile())
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

for (const format of Object.keys(exportFormats) as ExportFormatName[]) {
  testScenario({
    name: `exporting as ${format}`,
    act: async (folder) => {
      await exportModel(saved, { format, path: join(folder, `m${exportFormats[format].extension}`) });
      return [];
    },
    outcome,
  });
}

testScenario({
  name: 'saving a classifier over another file',
  prepare: async (folder) => {
    const path = join(folder, 'm.safetensors');
    await exportModel(saved, { format: 'safetensors', path });
  },
  act: async (folder) => {
    const path = join(folder, 'm.safetensors');
    saveClassifier(readSavedModel(path), path);
    return [];
  },
  outcome,
});

testScenario({
  name: 'writing a report',
  act: (folder) => {
    const figures = new Map<string, string | Uint8Array>([
      ['curves.svg', '<svg/>'],
      ['curves.png', Uint8Array.from([1, 2, 3])],
    ]);
    writeRendered(
      { html: '<p>a report</p>', pdf: Uint8Array.from([4, 5, 6]), figures, files: new Map() },
      join(folder, 'report'),
    );
    return [];
  },
  outcome,
});
