/** Front matter of a report that a user can set. */
export interface FrontMatter {
  /** By default, the data set and the kind of network. */
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly affiliation?: string | undefined;
}

/** The paper sizes of a report as PDF. */
export const paperSizes = ['a4', 'letter'] as const;

/** One of `paperSizes`. */
export type PaperSize = (typeof paperSizes)[number];
