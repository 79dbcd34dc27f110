import type { TopLevelSpec } from 'vega-lite';

/**
 * The content of a report, independent of its layout; renderers turn it into an HTML page or a PDF paper. All text is plain
 * and may contain any character; renderers escape it.
 */
export interface ReportDocument {
  readonly title: string;
  readonly author: string | undefined;
  readonly affiliation: string | undefined;
  /** `2025-06-24` */
  readonly date: string;
  /** Listed below the title, such as the hardware and the seed. */
  readonly metadata: readonly MetadataEntry[];
  /** Limitations of the results, shown on the first page. */
  readonly notices: readonly Text[];
  readonly abstract: Text;
  readonly sections: readonly Section[];
}

export interface MetadataEntry {
  readonly label: string;
  readonly value: Text;
}

/** Numbered 1, 2, …; its subsections are numbered 1.1, 1.2, … */
export interface Section extends Subsection {
  readonly subsections: readonly Subsection[];
}

export interface Subsection {
  /** Unique in the document: lowercase letters, digits and hyphens, starting with a letter. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block = Paragraph | List | DisplayedFormula | Table | Figure;

export interface Paragraph {
  readonly type: 'paragraph';
  readonly text: Text;
}

export interface List {
  readonly type: 'list';
  readonly items: readonly Text[];
}

/** A formula on its own line. */
export interface DisplayedFormula {
  readonly type: 'displayedFormula';
  readonly formula: Formula;
}

/** Numbered in document order: Table 1, 2, … */
export interface Table {
  readonly type: 'table';
  readonly id: string;
  readonly caption: Text;
  readonly columns: readonly Column[];
  /** `[row][column]` */
  readonly rows: readonly (readonly Text[])[];
}

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** Numbered in document order: Figure 1, 2, … */
export interface Figure {
  readonly type: 'figure';
  /** Also the name of its file, without the extension. */
  readonly id: string;
  readonly caption: Text;
  /** Describes the graphic for screen readers. */
  readonly altText: string;
  readonly graphic: Graphic;
  /** Drawings that parts of the graphic link to as `#id`; shown in HTML only. */
  readonly gallery?: readonly GalleryEntry[];
}

export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  readonly altText: string;
  readonly drawing: Drawing;
}

export type Graphic =
  | { readonly type: 'chart'; readonly chart: TopLevelSpec }
  | { readonly type: 'drawing'; readonly drawing: Drawing };

/** An SVG image whose colors are labels from `palette.ts`, as in `fill="var(--text)"`. */
export interface Drawing {
  readonly svg: string;
  /** In CSS pixels (1/96 inch). */
  readonly width: number;
  readonly height: number;
}

/** Running text. */
export type Text = readonly Inline[];

export type Inline =
  | string
  | { readonly type: 'strong' | 'code'; readonly text: string }
  | { readonly type: 'formula'; readonly formula: Formula }
  /** Rendered as the label of the element with this id: `Figure 3`, `Table 1` or `Section 2.1`. */
  | { readonly type: 'reference'; readonly id: string }
  | { readonly type: 'link'; readonly address: string; readonly text: string };

/** A formula as a tree, which is rendered as MathML and as Typst markup. */
export type Formula =
  /** `text` is a word in upright letters, such as `log`. */
  | { readonly type: 'symbol' | 'number' | 'operator' | 'text'; readonly text: string }
  | { readonly type: 'row'; readonly parts: readonly Formula[] }
  | { readonly type: 'fraction'; readonly numerator: Formula; readonly denominator: Formula }
  | { readonly type: 'root'; readonly radicand: Formula }
  | { readonly type: 'hat'; readonly base: Formula }
  | {
      readonly type: 'scripts';
      readonly base: Formula;
      readonly subscript?: Formula;
      readonly superscript?: Formula;
    };

/** The label of each id, as references to it are rendered: `Section 2.1`, `Figure 3`, `Table 1`. */
export function referenceLabels({ sections }: ReportDocument): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  let [figures, tables] = [0, 0];
  const labelBlocks = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if (block.type === 'figure') labels.set(block.id, `Figure ${++figures}`);
      if (block.type === 'table') labels.set(block.id, `Table ${++tables}`);
    }
  };
  sections.forEach((section, i) => {
    labels.set(section.id, `Section ${i + 1}`);
    labelBlocks(section.blocks);
    section.subsections.forEach((subsection, j) => {
      labels.set(subsection.id, `Section ${i + 1}.${j + 1}`);
      labelBlocks(subsection.blocks);
    });
  });
  return labels;
}

/** All figures in document order. */
export function figuresOf({ sections }: ReportDocument): Figure[] {
  return sections
    .flatMap(({ blocks, subsections }) => [...blocks, ...subsections.flatMap((each) => each.blocks)])
    .filter((block) => block.type === 'figure');
}
