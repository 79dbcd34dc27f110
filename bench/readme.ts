/** Writes the tables and the chart of docs/performance.md, and the table of README.md, from the newest results, or checks with `--check` that they are up to date. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { InklingError } from '#inkling/core/errors.js';
import { kindOf, writeFileAtomic } from '#inkling/platform/files.js';
import { newestOfEachNode, networksSection, networksSummary } from './networks/section.js';
import { performanceSection, type ResultsFile } from './performance.js';
import { type Installed, readResults } from './results.js';
import { scalingChart } from './scaling/chart.js';
import { measuredScaling, SCALING_CHART, scalingSection } from './scaling/section.js';
import { seriesOf } from './scaling/series.js';
import { inkling, ROOT } from './system.js';

const RESULTS = join('bench', 'results');

try {
  await main(process.argv.includes('--check'));
} catch (error) {
  if (!(error instanceof InklingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(isCheck: boolean): Promise<void> {
  const all = readAll();
  const networks = newestOfEachNode(all);
  const compared = all.filter(({ results }) => results.rows.length > 0);
  if (compared.length === 0) {
    throw new InklingError(
      `${RESULTS}: expected results, found none; run "npm run bench -- --json ${RESULTS}/NAME.json"`,
    );
  }
  await update(join('docs', 'performance.md'), isCheck, {
    performance: performanceSection(compared, readInstalled()),
    networks: networksSection(networks),
    scaling: scalingSection(compared),
  });
  await update('README.md', isCheck, { networks: networksSummary(networks) });
  const scaling = measuredScaling(compared);
  if (scaling !== undefined) {
    const chart = await scalingChart(seriesOf(scaling.results.rows));
    write(join('docs', SCALING_CHART), isCheck, chart);
  }
}

/** Replaces the parts of a document between the markers of the given names. */
async function update(
  file: string,
  isCheck: boolean,
  parts: Readonly<Record<string, string>>,
): Promise<void> {
  const path = join(ROOT, file);
  const before = readFileSync(path, 'utf8');
  const text = Object.entries(parts).reduce((document, part) => withPart(file, document, part), before);
  write(file, isCheck, await format(text, { ...(await resolveConfig(path)), parser: 'markdown' }));
}

/** Writes a file of the repository if its content changed. */
function write(file: string, isCheck: boolean, content: string): void {
  const path = join(ROOT, file);
  if (kindOf(path) === 'file' && readFileSync(path, 'utf8') === content) return;
  if (isCheck) throw new InklingError(`${file}: out of date with ${RESULTS}; run "npm run bench:readme"`);
  writeFileAtomic(path, content);
}

/** The results of all runs except quick ones, newest first. */
function readAll(): ResultsFile[] {
  const folder = join(ROOT, RESULTS);
  const files = kindOf(folder) === 'folder' ? readdirSync(folder) : [];
  return files
    .filter((file) => file.endsWith('.json') && isOfBenchmark(join(folder, file)))
    .map((file) => ({ file: `${RESULTS}/${file}`, results: readResults(join(folder, file)) }))
    .filter(({ results }) => !results.quick)
    .sort((a, b) => b.results.date.localeCompare(a.results.date));
}

function readInstalled(): Installed {
  const record: unknown = JSON.parse(readFileSync(join(ROOT, RESULTS, 'install.json'), 'utf8'));
  return { system: inkling.name, ...z.object({ megabytes: z.number(), packages: z.number() }).parse(record) };
}

/** Whether a record is of this benchmark: others of the same folder name the command that wrote them. */
function isOfBenchmark(path: string): boolean {
  const record: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof record === 'object' && record !== null && 'quick' in record;
}

/** Replaces the text between the markers of a part. */
function withPart(file: string, document: string, [name, text]: readonly [string, string]): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) {
    throw new InklingError(
      `${file}: expected the markers ${begin} and ${end}; put them where the generated part belongs`,
    );
  }
  const lines = text === '' ? '' : `${text}\n\n`;
  return `${document.slice(0, from + begin.length)}\n\n${lines}${document.slice(to)}`;
}
