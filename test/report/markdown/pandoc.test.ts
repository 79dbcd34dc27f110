import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { bibtexOf } from '#inkling/report/bibliography/bibtex.js';
import { citedWorks } from '#inkling/report/bibliography/citations.js';
import { works } from '#inkling/report/bibliography/works/index.js';
import { makeReport } from '#inkling/report/content/report.js';
import type { ReportDocument } from '#inkling/report/document.js';
import { drawFigures } from '#inkling/report/draw/drawings.js';
import { markdownDocument } from '#inkling/report/markdown/document.js';
import { figuresOf, referenceLabels } from '#inkling/report/structure.js';
import { drawing, drawings, NASTY, small } from '../../helpers/reportDocument.js';
import { trainForReport } from '../../helpers/reportRuns.js';
import { sharedFolder } from '../../helpers/run.js';

const isInstalled = spawnSync('pandoc', ['--version']).status === 0;
if (!isInstalled) console.warn('Conversions of the Markdown are not tested: pandoc is not installed');

/** A PNG image of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

const folder = sharedFolder();
const runs = trainForReport();

async function write(document: ReportDocument, images: ReadonlyMap<string, ReturnType<typeof drawing>>) {
  mkdirSync(join(folder, 'figures'), { recursive: true });
  for (const { id } of figuresOf(document)) writeFileSync(join(folder, `figures/${id}.png`), PIXEL);
  writeFileSync(join(folder, 'references.bib'), bibtexOf(citedWorks(document)));
  writeFileSync(join(folder, 'report.md'), markdownDocument(document, images, 'png'));
  return Promise.resolve();
}

/** Converts the report; any warning is an error. */
function convert(to: string, out: string): Buffer {
  const argv = ['report.md', '--citeproc', '--standalone', '--fail-if-warnings', '-t', to, '-o', out];
  const { status, stderr } = spawnSync('pandoc', argv, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return readFileSync(join(folder, out));
}

const squeeze = (text: string) => text.replace(/\s+/g, '');

describe.skipIf(!isInstalled)('Markdown for Pandoc (skipped where pandoc is not installed)', () => {
  let document: ReportDocument;
  beforeAll(async () => {
    const { cnn, mlp } = runs();
    document = makeReport([cnn, mlp], { titles: { author: ['A. B.', 'C'], course: 'AI & more' } });
    await write(document, await drawFigures(document));
  });

  test('becomes LaTeX with every figure, table, listing, equation, and work', () => {
    const latex = convert('latex', 'report.tex').toString();
    for (const { id } of figuresOf(document)) expect(latex).toContain(`figures/${id}.png`);
    for (const [id, label] of referenceLabels(document)) {
      expect(latex, label).toContain(`{${id}}`);
      if (/^(Figure|Table)/.test(label))
        expect(squeeze(latex)).toContain(`\\caption{${label.replace(' ', '')}.`);
      if (label.startsWith('Equation')) expect(latex).toContain(`\\qquad (${label.slice(9)})`);
      if (label.startsWith('Listing'))
        expect(squeeze(latex)).toContain(`\\textbf{${label.replace(' ', '')}.}`);
    }
    for (const key of citedWorks(document)) expect(latex).toContain(`ref-${key}`);
    expect(latex).toContain(String.raw`\author{A. B. \and C}`);
    expect(latex).toContain(String.raw`AI \& more`);
    expect(squeeze(latex)).toContain(
      squeeze(String.raw`\theta_{t} = \theta_{t - 1} - \eta \frac{\hat{m}_{t}}`),
    );
  });

  test('becomes a Word document with the same parts', () => {
    const files = unzipSync(convert('docx', 'report.docx'));
    const xml = strFromU8(files['word/document.xml']);
    const text = squeeze(xml.replace(/<[^>]*>/g, ''));
    const labels = [...referenceLabels(document)];
    for (const [, label] of labels) {
      if (/^(Figure|Table|Listing)/.test(label)) expect(text).toContain(`${label.replace(' ', '')}.`);
    }
    expect(xml.match(/<m:oMathPara>/g)).toHaveLength(
      labels.filter(([, label]) => label.startsWith('Equation')).length,
    );
    expect(Object.keys(files).filter((name) => name.startsWith('word/media/')).length).toBeGreaterThan(0);
    for (const key of citedWorks(document)) expect(text).toContain(squeeze(works[key].title.slice(0, 30)));
    expect(text).not.toContain('qquad');
  });

  test('keeps any characters', async () => {
    const image = drawing(100, 50);
    await write(small, new Map([...drawings.keys()].map((id) => [id, image])));
    const argv = ['report.md', '--wrap=none', '--citeproc', '-t', 'plain'];
    // Pandoc warns that it cannot write the formula as plain text.
    const { stdout, status } = spawnSync('pandoc', argv, { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(0);
    for (const prefix of ['Notice', '1 Section', 'Tall', 'Numbers', 'A Appendix']) {
      expect(squeeze(stdout)).toContain(squeeze(`${prefix} ${NASTY}`));
    }
    expect(squeeze(stdout)).toContain(squeeze(`code ${NASTY}`));
  });
});

test('every work is complete', () => {
  for (const [key, work] of Object.entries(works)) {
    expect(key).toMatch(/^[a-z]+(19|20)\d\d[a-z]+$/);
    expect(key).toContain(String(work.year));
    // A book, a report, or a program that is published nowhere has neither.
    if (work.kind === 'book' || work.kind === 'misc') continue;
    expect(work.doi ?? work.address, key).toMatch(/^(10\.\d{4,5}\/\S+|https:\/\/\S+)$/);
  }
  expect(bibtexOf(['kingma2015adam', 'sokolova2009systematic'])).toBe(
    [
      '@inproceedings{kingma2015adam,',
      '  author = {Diederik P. Kingma and Jimmy Ba},',
      '  title = {{Adam: A Method for Stochastic Optimization}},',
      '  booktitle = {3rd International Conference on Learning Representations (ICLR)},',
      '  year = {2015},',
      '  doi = {10.48550/arXiv.1412.6980},',
      '}',
      '',
      '@article{sokolova2009systematic,',
      '  author = {Marina Sokolova and Guy Lapalme},',
      '  title = {{A Systematic Analysis of Performance Measures for Classification Tasks}},',
      String.raw`  journal = {Information Processing \& Management},`,
      '  volume = {45},',
      '  number = {4},',
      '  pages = {427--437},',
      '  year = {2009},',
      '  doi = {10.1016/j.ipm.2009.03.002},',
      '}',
      '',
    ].join('\n'),
  );
});
