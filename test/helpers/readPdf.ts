import { extractLinks, extractText, getDocumentProxy } from 'unpdf';
import * as z from 'zod';

/** A piece of text on a page, in points from the lower left corner. */
const pieceSchema = z.object({
  str: z.string(),
  width: z.number(),
  transform: z.array(z.number()).length(6),
});

/** Reads a PDF with PDF.js. */
export async function readPdf(file: Uint8Array) {
  const pdf = await getDocumentProxy(file.slice());
  const { text } = await extractText(pdf);
  const { links } = await extractLinks(pdf);
  const pages = await Promise.all(text.map((_, index) => pdf.getPage(index + 1)));
  const structure = JSON.stringify(await Promise.all(pages.map((page) => page.getStructTree())));
  const { info } = await pdf.getMetadata();
  const contents = await Promise.all(pages.map((page) => page.getTextContent()));
  return {
    text: squeeze(text.join('\n')),
    links,
    sizes: pages.map(({ view }) => view),
    structure,
    info,
    /** Of each page. */
    pieces: contents.map(({ items }) =>
      items.flatMap((item) => {
        const { success, data } = pieceSchema.safeParse(item);
        if (!success || data.str.trim() === '') return [];
        const [, , , , x, y] = data.transform;
        return [{ words: data.str, x, y, width: data.width }];
      }),
    ),
    /** The number of internal links on each page. */
    targets: (await Promise.all(pages.map((page) => page.getAnnotations()))).map(
      (annotations: { dest?: unknown }[]) => annotations.filter(({ dest }) => Array.isArray(dest)).length,
    ),
  };
}

/** Removes whitespace and hyphens, which line breaks add or remove. */
export function squeeze(text: string): string {
  return text.replace(/[\s\u00ad‐-]/gu, '');
}
