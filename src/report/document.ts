import type { TopLevelSpec } from 'vega-lite';
import type { SavedModel } from '../interop/checkpoint.js';
import type { WorkKey } from './bibliography/works/index.js';
import type { Logo } from './input/logo.js';

/**
 * The content of a report, independent of its layout; renderers turn it into an HTML page, a PDF paper, or Markdown. All text is
 * plain and may contain any character; renderers escape it.
 */
export interface ReportDocument {
  readonly title: string;
  readonly authors: readonly string[];
  readonly affiliation: string | undefined;
  readonly course: string | undefined;
  readonly institution: string | undefined;
  /** `2025-06-24` */
  readonly date: string;
  /** Of the institution, for the title page. */
  readonly logo: Logo | undefined;
  /** Whether the PDF begins with a title page and a table of contents. */
  readonly hasTitlePage: boolean;
  /** Listed below the title, such as the hardware and the seed. */
  readonly metadata: readonly MetadataEntry[];
  /** Limitations of the results, shown on the first page. */
  readonly notices: readonly Text[];
  readonly abstract: Text;
  readonly sections: readonly Section[];
  /** Lettered A, B, …; they follow the list of the works that the report cites. */
  readonly appendices: readonly Section[];
  /** The trained network, with which a page classifies. */
  readonly network?: SavedModel | undefined;
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

export type Block = Paragraph | List | DisplayedFormula | Table | Figure | Listing;

export interface Paragraph {
  readonly type: 'paragraph';
  readonly text: Text;
}

export interface List {
  readonly type: 'list';
  /** Whether the items are numbered. */
  readonly isOrdered?: boolean;
  readonly items: readonly Text[];
}

/** A formula on its own line, numbered in document order: Equation 1, 2, … */
export interface DisplayedFormula {
  readonly type: 'displayedFormula';
  readonly id: string;
  readonly formula: Formula;
}

/** Lines of a program, numbered in document order: Listing 1, 2, … */
export interface Listing {
  readonly type: 'listing';
  readonly id: string;
  readonly caption: Text;
  readonly language: 'typescript' | 'python' | 'sh' | 'text';
  readonly code: string;
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
  | { readonly type: 'strong' | 'emphasis' | 'code'; readonly text: string }
  | { readonly type: 'formula'; readonly formula: Formula }
  /** Rendered as the label of the element with this id: `Figure 3`, `Table 1`, `Equation 2` or `Section 2.1`. */
  | { readonly type: 'reference'; readonly id: string }
  /** Rendered as the number of the work in the list of references: `[3]`. */
  | { readonly type: 'citation'; readonly work: WorkKey }
  | { readonly type: 'link'; readonly address: string; readonly text: string };

/** A formula as a tree, which is rendered as MathML and as Typst markup. */
export type Formula =
  /** `text` is a word in upright letters, such as `log`, or several with spaces at which no line may break. */
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
