import type { ReportDocument } from '../document.js';
import { textsOf } from '../structure.js';
import type { WorkKey } from './works/index.js';

/** The works that a report cites, in the order in which it first cites them; the first one has the number 1. */
export function citedWorks(document: ReportDocument): readonly WorkKey[] {
  const cited = textsOf(document)
    .flat()
    .flatMap((part) => (typeof part === 'object' && part.type === 'citation' ? [part.work] : []));
  return [...new Set(cited)];
}

/** The id of an entry of the list of references. */
export function idOfWork(work: WorkKey): string {
  return `work-${work}`;
}
