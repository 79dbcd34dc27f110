/** Writes the tables of docs/performance.md from the newest results, or checks with `--check` that they are up to date. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { InklingError } from '#inkling/core/errors.js';
import { kindOf, writeFileAtomic } from '#inkling/platform/files.js';
import { performanceSection, type ResultsFile } from './performance.js';
import { type Installed, readResults } from './results.js';
import { inkling, ROOT } from './system.js';

const DOCUMENT = join(ROOT, 'docs', 'performance.md');
const RESULTS = join('bench', 'results');
const BEGIN = '<!-- performance -->';
const END = '<!-- /performance -->';

try {
  await main(process.argv.includes('--check'));
} catch (error) {
  if (!(error instanceof InklingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(isCheck: boolean): Promise<void> {
  const all = readAll();
  const before = readFileSync(DOCUMENT, 'utf8');
  const text = between(before, `\n\n${performanceSection(all, readInstalled())}\n\n`);
  const after = await format(text, { ...(await resolveConfig(DOCUMENT)), parser: 'markdown' });
  if (before === after) return;
  if (isCheck)
    throw new InklingError(`docs/performance.md: out of date with ${RESULTS}; run "npm run bench:readme"`);
  writeFileAtomic(DOCUMENT, after);
}

/** The results of all runs except quick ones, newest first. */
function readAll(): ResultsFile[] {
  const folder = join(ROOT, RESULTS);
  const files = kindOf(folder) === 'folder' ? readdirSync(folder) : [];
  const all = files
    .filter((file) => file.endsWith('.json') && isOfBenchmark(join(folder, file)))
    .map((file) => ({ file: `${RESULTS}/${file}`, results: readResults(join(folder, file)) }))
    .filter(({ results }) => !results.quick)
    .sort((a, b) => b.results.date.localeCompare(a.results.date));
  if (all.length === 0) {
    throw new InklingError(
      `${RESULTS}: expected results, found none; run "npm run bench -- --json ${RESULTS}/NAME.json"`,
    );
  }
  return all;
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

/** Replaces the text between the markers of a document. */
function between(document: string, section: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new InklingError(
      `docs/performance.md: expected the markers ${BEGIN} and ${END}; put them where the tables belong`,
    );
  return document.slice(0, begin + BEGIN.length) + section + document.slice(end);
}
