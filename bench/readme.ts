/** Writes the README's performance section from the newest results, or says with `--check` whether it is up to date. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { InklingError } from '#inkling/core/errors.js';
import { kindOf, writeFileAtomic } from '#inkling/platform/files.js';
import { performanceSection, type ResultsFile } from './performance.js';
import { readResults } from './results.js';
import { ROOT } from './system.js';

const README = join(ROOT, 'README.md');
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
  const before = readFileSync(README, 'utf8');
  const text = between(before, `\n\n${performanceSection(all)}\n\n`);
  const after = await format(text, { ...(await resolveConfig(README)), parser: 'markdown' });
  if (before === after) return;
  if (isCheck)
    throw new InklingError(`README.md: is not what ${RESULTS} says; npm run bench:readme writes it anew`);
  writeFileAtomic(README, after);
}

/** All runs that are not quick ones, the latest first. */
function readAll(): ResultsFile[] {
  const folder = join(ROOT, RESULTS);
  const files = kindOf(folder) === 'folder' ? readdirSync(folder) : [];
  const all = files
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ file: `${RESULTS}/${file}`, results: readResults(join(folder, file)) }))
    .filter(({ results }) => !results.quick)
    .sort((a, b) => b.results.date.localeCompare(a.results.date));
  if (all.length === 0) {
    throw new InklingError(
      `${RESULTS}: holds no results; npm run bench -- --json ${RESULTS}/NAME.json makes some`,
    );
  }
  return all;
}

/** The README with this in the place of what stands between its markers. */
function between(readme: string, section: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new InklingError(`README.md: has no ${BEGIN} … ${END}; put them where the table goes`);
  return readme.slice(0, begin + BEGIN.length) + section + readme.slice(end);
}
