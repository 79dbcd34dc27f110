import type { Block } from '../document.js';
import type { Logo } from './logo.js';
import type { FrontMatter } from './frontMatter.js';

/** What a user adds to a report. */
export interface ReportInput {
  readonly titles: FrontMatter;
  readonly logo?: Logo | undefined;
  /** Text for the beginning of each section, by its id, and for the abstract. */
  readonly fragments?: ReadonlyMap<string, readonly Block[]> | undefined;
}
