import type { TopLevelSpec } from 'vega-lite';

/**
 * A report as data: what it says and shows, with nothing about how it looks. A renderer turns it into a page or into a
 * typeset paper. All text is plain and can hold any character; a renderer escapes it.
 */
export interface ReportDocument {
  readonly title: string;
  readonly author: string | undefined;
  readonly affiliation: string | undefined;
  /** `2025-06-24` */
  readonly date: string;
  /** What stands below the title, such as the machine and the seed. */
  readonly facts: readonly Fact[];
  /** What a reader must not miss, on the first page. */
  readonly notices: readonly Text[];
  /** What came out, in a few sentences. */
  readonly abstract: Text;
  readonly sections: readonly Section[];
}

export interface Fact {
  readonly label: string;
  readonly value: Text;
}

/** Numbered 1, 2, …; its subsections 1.1, 1.2, … */
export interface Section extends Subsection {
  readonly subsections: readonly Subsection[];
}

export interface Subsection {
  /** What a reference names; unique in the document: small letters, digits and hyphens, first a letter. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A stretch of a section, in the order of reading. */
export type Block = Paragraph | List | DisplayedFormula | Table | Figure;

export interface Paragraph {
  readonly type: 'paragraph';
  readonly text: Text;
}

export interface List {
  readonly type: 'list';
  readonly items: readonly Text[];
}

/** A formula on a line of its own. */
export interface DisplayedFormula {
  readonly type: 'displayedFormula';
  readonly formula: Formula;
}

/** Numbered in the order of the document: Table 1, 2, … */
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

/** Numbered in the order of the document: Figure 1, 2, … */
export interface Figure {
  readonly type: 'figure';
  /** Also the name of its file. */
  readonly id: string;
  readonly caption: Text;
  /** What the picture shows, for who cannot see it. */
  readonly alternative: string;
  readonly picture: Picture;
  /** Pictures that parts of this one link to, as `#id`; a page can show them, paper leaves them out. */
  readonly gallery?: readonly GalleryEntry[];
}

export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  readonly alternative: string;
  readonly drawing: Drawing;
}

export type Picture =
  | { readonly type: 'chart'; readonly chart: TopLevelSpec }
  | { readonly type: 'drawing'; readonly drawing: Drawing };

/** An SVG picture whose colours are the names of `palette.ts`, as in `fill="var(--ink)"`. */
export interface Drawing {
  readonly svg: string;
  /** In pixels of 1/96 inch. */
  readonly width: number;
  readonly height: number;
}

/** Running text. */
export type Text = readonly Inline[];

export type Inline =
  | string
  | { readonly type: 'strong' | 'code'; readonly text: string }
  | { readonly type: 'formula'; readonly formula: Formula }
  /** `Figure 3`, `Table 1` or `Section 2.1`: the number of what has this id. */
  | { readonly type: 'reference'; readonly id: string }
  | { readonly type: 'link'; readonly address: string; readonly text: string };

/** A formula as a tree, which both MathML and Typst can write. */
export type Formula =
  /** A letter or number stands for itself; `text` is a word set upright, such as `log`. */
  | { readonly type: 'symbol' | 'number' | 'operator' | 'text'; readonly text: string }
  | { readonly type: 'row'; readonly parts: readonly Formula[] }
  | { readonly type: 'fraction'; readonly above: Formula; readonly below: Formula }
  | { readonly type: 'root'; readonly of: Formula }
  | { readonly type: 'hat'; readonly over: Formula }
  | {
      readonly type: 'scripts';
      readonly base: Formula;
      readonly below?: Formula;
      readonly above?: Formula;
    };

/** What each id is called where the text refers to it: `Section 2.1`, `Figure 3`, `Table 1`. */
export function namesOf({ sections }: ReportDocument): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  let [figures, tables] = [0, 0];
  const nameBlocks = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if (block.type === 'figure') names.set(block.id, `Figure ${++figures}`);
      if (block.type === 'table') names.set(block.id, `Table ${++tables}`);
    }
  };
  sections.forEach((section, i) => {
    names.set(section.id, `Section ${i + 1}`);
    nameBlocks(section.blocks);
    section.subsections.forEach((subsection, j) => {
      names.set(subsection.id, `Section ${i + 1}.${j + 1}`);
      nameBlocks(subsection.blocks);
    });
  });
  return names;
}

/** All figures, in the order of their numbers. */
export function figuresOf({ sections }: ReportDocument): Figure[] {
  return sections
    .flatMap(({ blocks, subsections }) => [...blocks, ...subsections.flatMap((each) => each.blocks)])
    .filter((block) => block.type === 'figure');
}
