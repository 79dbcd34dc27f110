import { describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import { figuresOf, referenceLabels } from '#inkling/report/structure.js';
import { drawFigures } from '#inkling/report/draw/drawings.js';
import { findTypesetter } from '#inkling/report/typst/compiler.js';
import { paperSizes } from '#inkling/report/input/frontMatter.js';
import { typesetReport } from '#inkling/report/typst/paper.js';
import { trainOnDigits } from '../../helpers/reportRuns.js';
import { sharedFolder } from '../../helpers/run.js';
import { readPdf } from '../../helpers/readPdf.js';

const typeset = await findTypesetter();
if (typeset === undefined)
  console.warn('The PDF is not tested: the optional packages of Typst are not installed');

/** The page margin, which contains only the page number, in points. */
const EDGE = 40;

describe.skipIf(typeset === undefined)('a complete report as PDF (skipped if Typst is not installed)', () => {
  const folder = sharedFolder();
  test('has every figure and table on well-filled pages without clipping', async () => {
    const document = makeReport(await trainOnDigits(folder));
    const drawings = await drawFigures(document);
    const names = [...referenceLabels(document).values()];
    for (const paper of paperSizes) {
      if (typeset === undefined) return;
      const { text, sizes, pieces, structure, targets } = await readPdf(
        typesetReport(typeset, document, drawings, paper),
      );
      const missing = names.filter(
        (name) => /^(Figure|Table|Listing)/.test(name) && !text.includes(`${name.replace(' ', '')}.`),
      );
      expect(missing).toEqual([]);
      for (const { altText } of figuresOf(document)) expect(structure).toContain(JSON.stringify(altText));
      expect(targets.flat().reduce((sum, count) => sum + count, 0)).toBeGreaterThan(names.length / 2);
      expect(sizes.length).toBeGreaterThan(8);
      expect(sizes.length).toBeLessThan(26);
      pieces.forEach((page, index) => {
        const [, , width, height] = sizes[index];
        // The last page may have a few lines of a listing.
        const least = index === pieces.length - 1 ? 5 : 20;
        expect(page.length, `pieces of text on page ${index + 1}`).toBeGreaterThan(least);
        const outside = page.filter(
          ({ x, y, width: length }) => x < EDGE || x + length > width - EDGE || y < 30 || y > height - EDGE,
        );
        expect(outside).toEqual([]);
      });
    }
  });
});
