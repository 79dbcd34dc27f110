import type { ReportDocument } from '../document.js';
import { textsOf } from '../structure.js';
import type { WorkKey } from './works/index.js';

const found = new WeakMap<ReportDocument, readonly WorkKey[]>();

/**
 * The works that a report cites, in the order in which it first cites them; the first one has the number 1. They are looked for once, since
 * every format lists them.
 */
export function citedWorks(document: ReportDocument): readonly WorkKey[] {
  const known = found.get(document) ?? findCitations(document);
  found.set(document, known);
  return known;
}

function findCitations(document: ReportDocument): readonly WorkKey[] {
  const cited = textsOf(document)
    .flat()
    .flatMap((part) => (typeof part === 'object' && part.type === 'citation' ? [part.work] : []));
  return [...new Set(cited)];
}

/** The id of an entry of the list of references. */
export function idOfWork(work: WorkKey): string {
  return `work-${work}`;
}
