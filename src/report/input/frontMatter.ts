import type { Logo } from './logo.js';

/** What the title page of a report says, which a user can set. */
export interface FrontMatter {
  /** By default, the data set and the kind of network. */
  readonly title?: string | undefined;
  /** One author, or several. */
  readonly author?: string | readonly string[] | undefined;
  /** The department or group of the authors. */
  readonly affiliation?: string | undefined;
  readonly course?: string | undefined;
  readonly institution?: string | undefined;
  /** By default, the day on which the run began. */
  readonly date?: string | undefined;
}

/** The parts of a document that front matter determines. */
export function titlesOf(
  { author = [], affiliation, course, institution, date }: FrontMatter,
  startedAt: string,
  logo?: Logo,
) {
  return {
    authors: typeof author === 'string' ? [author] : author,
    affiliation,
    course,
    institution,
    date: date ?? startedAt.slice(0, 10),
    logo,
  };
}

/** The paper sizes of a report as PDF. */
export const paperSizes = ['a4', 'letter'] as const;

/** One of `paperSizes`. */
export type PaperSize = (typeof paperSizes)[number];
