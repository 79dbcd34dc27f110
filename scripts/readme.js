/**
 * Writes the generated parts of README.md and docs/ between their markers: tables from the records in results/, the HTTP reference
 * from the server's OpenAPI document, and the model reference from the schemas of layers. With --check, changes nothing and fails
 * when a part is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { browsersText } from './tables/browsers.js';
import { checksumSpeed, damageTable } from './tables/damage.js';
import { aurocTable, doubtfulTable } from './tables/doubt.js';
import { gpuAccuracyText } from './tables/gpuAccuracy.js';
import { httpErrors, httpRoutes, httpSchemas } from './tables/http.js';
import { labText } from './tables/lab.js';
import { labelErrorsTable } from './tables/labelErrors.js';
import {
  commonFields,
  documentFields,
  layerSections,
  presetOptionFields,
  presetsTable,
} from './tables/models.js';
import { parityTable } from './tables/parity.js';
import {
  bestTrialsTable,
  deeperTable,
  fastTrialsTable,
  recipesTable,
  tasksTable,
  taskTrialsTable,
} from './tables/recipes.js';
import { reportTable } from './tables/report.js';
import { crashText, fuzzText, killsText, soakText } from './tables/reliability.js';
import { rooflineTable } from './tables/roofline.js';
import { servingText } from './tables/serving.js';
import { installText, sizeTable } from './tables/size.js';
import {
  costsText,
  halvingText,
  parallelTable,
  regretText,
  sweepKillsText,
  tableRegretText,
} from './tables/sweep.js';

const tables = [
  ['README.md', 'results', reportTable()],
  ['README.md', 'size', sizeTable()],
  ['README.md', 'install', installText()],
  ['docs/performance.md', 'serving', servingText()],
  ['docs/performance.md', 'browsers', browsersText()],
  ['docs/performance.md', 'lab', labText()],
  ['docs/performance.md', 'roofline', rooflineTable()],
  ['docs/performance.md', 'gpu-accuracy', gpuAccuracyText()],
  ['docs/pytorch.md', 'parity', parityTable()],
  ['README.md', 'recipes', recipesTable()],
  ['docs/recipes.md', 'recipes', recipesTable()],
  ['README.md', 'tasks', tasksTable()],
  ['docs/recipes.md', 'tasks', tasksTable()],
  ['docs/recipes.md', 'task trials', taskTrialsTable()],
  ['docs/recipes.md', 'deeper', deeperTable()],
  ['docs/recipes.md', 'fast trials', fastTrialsTable()],
  ['docs/recipes.md', 'best trials', bestTrialsTable()],
  ['docs/data.md', 'label errors', labelErrorsTable()],
  ['docs/doubt.md', 'auroc', aurocTable()],
  ['docs/doubt.md', 'doubtful', doubtfulTable()],
  ['docs/reliability.md', 'damage', damageTable()],
  ['docs/reliability.md', 'checksum speed', checksumSpeed()],
  ['docs/reliability.md', 'crash points', crashText()],
  ['docs/reliability.md', 'kills', killsText()],
  ['docs/reliability.md', 'fuzz', fuzzText()],
  ['docs/reliability.md', 'soak', soakText()],
  ['docs/sweeps.md', 'parallel', parallelTable()],
  ['docs/sweeps.md', 'regret', regretText()],
  ['docs/sweeps.md', 'regret-mnist', tableRegretText()],
  ['docs/sweeps.md', 'halving', halvingText()],
  ['docs/sweeps.md', 'costs', costsText()],
  ['docs/sweeps.md', 'sweep kills', sweepKillsText()],
  ['docs/http.md', 'errors', httpErrors()],
  ['docs/http.md', 'routes', httpRoutes()],
  ['docs/http.md', 'schemas', httpSchemas()],
  ['docs/models.md', 'presets', presetsTable()],
  ['docs/models.md', 'preset options', presetOptionFields()],
  ['docs/models.md', 'model fields', documentFields()],
  ['docs/models.md', 'layer fields', commonFields()],
  ['docs/models.md', 'layers', layerSections()],
];
for (const [file, marker, table] of tables) {
  const before = readFileSync(file, 'utf8');
  const after = withTable(before, marker, table);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, after);
  } else if (after !== before) {
    console.error(`${file}: the generated parts are out of date; run "npm run readme"`);
    process.exit(1);
  }
}

/** Replaces the text between two markers of a document. */
function withTable(text, marker, table) {
  const between = new RegExp(`(<!-- ${marker} -->\n)[^]*?(<!-- /${marker} -->)`);
  return text.replace(between, (_, start, end) => `${start}\n${table}\n\n${end}`);
}
