import type { Block, Figure, ReportDocument, Section, Text } from './document.js';

/** A section with its number, `2`, or its letter, `A`. */
export interface NumberedSection {
  readonly section: Section;
  readonly number: string;
}

export function numberedSections({ sections }: ReportDocument): NumberedSection[] {
  return sections.map((section, index) => ({ section, number: String(index + 1) }));
}

export function letteredAppendices({ appendices }: ReportDocument): NumberedSection[] {
  return appendices.map((section, index) => ({ section, number: String.fromCodePoint(65 + index) }));
}

const LABELS = {
  figure: 'Figure',
  table: 'Table',
  listing: 'Listing',
  displayedFormula: 'Equation',
} as const satisfies Partial<Record<Block['type'], string>>;

/** The label of each id, as references to it are rendered: `Section 2.1`, `Appendix A`, `Figure 3`, `Table 1`, `Equation 2`. */
export function referenceLabels(document: ReportDocument): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const counts = { figure: 0, table: 0, listing: 0, displayedFormula: 0 };
  const labelBlocks = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if (block.type === 'paragraph' || block.type === 'list') continue;
      labels.set(block.id, `${LABELS[block.type]} ${++counts[block.type]}`);
    }
  };
  const labelSections = (numbered: readonly NumberedSection[], word: string) => {
    for (const { section, number } of numbered) {
      labels.set(section.id, `${word} ${number}`);
      labelBlocks(section.blocks);
      section.subsections.forEach((subsection, index) => {
        labels.set(subsection.id, `${word} ${number}.${index + 1}`);
        labelBlocks(subsection.blocks);
      });
    }
  };
  labelSections(numberedSections(document), 'Section');
  labelSections(letteredAppendices(document), 'Appendix');
  return labels;
}

/** All blocks in document order. */
export function blocksOf({ sections, appendices }: ReportDocument): Block[] {
  return [...sections, ...appendices].flatMap(({ blocks, subsections }) => [
    ...blocks,
    ...subsections.flatMap((each) => each.blocks),
  ]);
}

/** All figures in document order. */
export function figuresOf(document: ReportDocument): Figure[] {
  return blocksOf(document).filter((block) => block.type === 'figure');
}

/** All running text in document order. */
export function textsOf(document: ReportDocument): Text[] {
  const { notices, abstract, metadata } = document;
  const blocks = blocksOf(document).flatMap(textsOfBlock);
  return [...notices, abstract, ...metadata.map(({ value }) => value), ...blocks];
}

function textsOfBlock(block: Block): readonly Text[] {
  switch (block.type) {
    case 'paragraph':
      return [block.text];
    case 'list':
      return block.items;
    case 'table':
      return [block.caption, ...block.rows.flat()];
    case 'figure':
    case 'listing':
      return [block.caption];
    case 'displayedFormula':
      return [];
  }
}
