import { citedWorks, idOfWork } from './bibliography/citations.js';
import type { ReportDocument } from './document.js';
import { referenceLabels } from './structure.js';

/** The label of each id, including those of the works that the document cites: `[3]`. */
export type Labels = ReadonlyMap<string, string>;

export function labelsOf(document: ReportDocument): Labels {
  const works = citedWorks(document).map((work, index) => [idOfWork(work), `[${index + 1}]`] as const);
  return new Map([...referenceLabels(document), ...works]);
}

/** `Figure 3` */
export function labelOf(id: string, labels: Labels): string {
  const label = labels.get(id);
  if (label === undefined) throw new Error(`the report has no element with the id ${id}`);
  return label;
}
