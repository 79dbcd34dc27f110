import { expect, it, type TestContext } from 'vitest';
import type { ReportDocument } from '#inkling/report/document.js';
import { findTypesetter, type Typesetter } from '#inkling/report/typst/compiler.js';
import type { PaperSize } from '#inkling/report/input/frontMatter.js';
import { typesetReport, writeReport } from '#inkling/report/typst/paper.js';
import { readPdf, squeeze } from '../../helpers/readPdf.js';
import { drawings, NASTY, small } from '../../helpers/reportDocument.js';

const typesetter = await findTypesetter();

function typst({ skip }: Pick<TestContext, 'skip'>): Typesetter {
  return typesetter ?? skip('no Typst: its optional packages are not installed');
}

function paperOf(typeset: Typesetter, paper: PaperSize = 'a4', changes: Partial<ReportDocument> = {}) {
  return typesetReport(typeset, { ...small, ...changes }, drawings, paper);
}

it('renders text with any characters', async (context) => {
  const file = paperOf(typst(context));
  expect(Buffer.from(file.subarray(0, 5)).toString()).toBe('%PDF-');
  const { text, links, info, structure } = await readPdf(file);
  const prefixes =
    'Title|Author|Affiliation|Course|Institution|Label|Value|Notice|Abstract|1 Section|code|link|Figure 1. Tall|Listing 1. Program|emphasis|A Appendix|Table 1. Numbers|Name';
  for (const prefix of prefixes.split('|')) expect(text).toContain(squeeze(`${prefix} ${NASTY}`));
  expect(text).toContain(squeeze(`• one item • ${NASTY}`));
  expect(text).toContain('0123456789abcdef'.repeat(4));
  expect(links.map((link) => decodeURI(link))).toContain(`https://example.org/${NASTY}`);
  expect(info).toMatchObject({ Title: `Title ${NASTY}`, Author: `Author ${NASTY}`, Language: 'en' });
  expect(structure).toContain(JSON.stringify(`What it shows ${NASTY}`));
});

it('numbers pages, figures, tables and sections', async (context) => {
  const { text, sizes } = await readPdf(paperOf(typst(context)));
  expect(text).toContain('SeeFigure1,Table1andSection1.1,');
  expect(text).toContain('References[1]DiederikP.KingmaandJimmyBa.');
  for (const numbered of [
    '1.1Deeper',
    'A.1Appended',
    '1ifx:',
    '(1)',
    'Equation1,',
    'Figure1.Tall',
    'Table1.Numbers',
    'Figure2.Wide',
  ]) {
    expect(text).toContain(numbered);
  }
  expect(sizes.length).toBeGreaterThan(1);
  sizes.forEach((_, page) => {
    expect(text).toContain(`${page + 1}/${sizes.length}`);
  });
});

it('keeps the text of figures as text', async (context) => {
  const { text } = await readPdf(paperOf(typst(context)));
  expect(text.match(/Lettered/g)).toHaveLength(2);
});

it('scales figures down to fit the page', () => {
  const markup = writeReport(small, drawings, 'a4');
  expect(markup).toContain('image("/figures/tall.svg", width: 28.00pt, ');
  expect(markup).toContain('image("/figures/wide.svg", width: 450.00pt, ');
});

it('supports A4 and US letter paper', async (context) => {
  const sizeOf = async (paper: PaperSize) =>
    (await readPdf(paperOf(typst(context), paper))).sizes[0].map((points) => Math.round(points));
  expect(await sizeOf('a4')).toEqual([0, 0, 595, 842]);
  expect(await sizeOf('letter')).toEqual([0, 0, 612, 792]);
});

it('does not need an author, metadata, notices or sections', async (context) => {
  const empty = {
    ...{ authors: [], affiliation: undefined, course: undefined, institution: undefined },
    ...{ metadata: [], notices: [], sections: [], appendices: [] },
  };
  const { text, sizes } = await readPdf(paperOf(typst(context), 'a4', empty));
  expect(text).toMatch(/^Title.*20250624Abstract.*1\/1$/);
  expect(sizes).toHaveLength(1);
});

it('rejects missing references and drawings', (context) => {
  const [section] = small.sections;
  const withBlock = (block: (typeof section.blocks)[number]) => ({
    sections: [{ ...section, blocks: [block] }],
  });
  const lost = withBlock({ type: 'paragraph', text: [{ type: 'reference', id: 'lost' }] });
  const typeset = typst(context);
  expect(() => paperOf(typeset, 'a4', lost)).toThrow(
    /^report: Typst could not compile the PDF: \/report\.typ:\d+:2: error: label `<lost>` does not exist in the document$/,
  );
  expect(() => typesetReport(typeset, small, new Map(), 'a4')).toThrow('no drawing of figure tall');
});
