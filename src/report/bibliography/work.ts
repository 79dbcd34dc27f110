/** A publication, or a program, that reports cite. */
export interface Work {
  readonly kind: 'article' | 'book' | 'inproceedings' | 'misc' | 'techreport';
  /** In the order of the publication, as they sign: `Diederik P. Kingma`. */
  readonly authors: readonly string[];
  readonly title: string;
  /** The journal, the proceedings, or who published it; of other works, what it is. */
  readonly venue: string;
  readonly volume?: string;
  readonly number?: string;
  readonly pages?: string;
  readonly year: number;
  readonly doi?: string;
  /** Where it can be read, if it has no DOI. */
  readonly address?: string;
}
