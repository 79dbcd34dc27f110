import type { Logo } from '../document.js';
import type { FrontMatter } from './frontMatter.js';

/** What a user adds to a report. */
export interface ReportInput {
  readonly titles: FrontMatter;
  readonly logo?: Logo | undefined;
}
