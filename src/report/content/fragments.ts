import { InklingError } from '../../core/errors.js';
import { listNames } from '../../core/suggest.js';
import type { Block, ReportDocument, Section, Text } from '../document.js';
import { referenceLabels, textsOf } from '../structure.js';

const ABSTRACT = 'abstract';

/**
 * Adds what a user wrote to a report: at the beginning of the abstract and of each section.
 *
 * @throws {InklingError} for a section or an element that the report does not have
 */
export function withFragments(
  document: ReportDocument,
  fragments: ReadonlyMap<string, readonly Block[]>,
): ReportDocument {
  if (fragments.size === 0) return document;
  const ids = [ABSTRACT, ...[...document.sections, ...document.appendices].map(({ id }) => id)];
  for (const name of fragments.keys()) {
    if (ids.includes(name)) continue;
    throw new InklingError(
      `report/${name}.md: expected the name of a section of this report, ${listNames(ids)}; rename or remove the file`,
    );
  }
  const extended = (section: Section): Section => ({
    ...section,
    blocks: [...(fragments.get(section.id) ?? []), ...section.blocks],
  });
  const merged = {
    ...document,
    abstract: [...abstractOf(fragments.get(ABSTRACT) ?? []), ...document.abstract],
    sections: document.sections.map(extended),
    appendices: document.appendices.map(extended),
  };
  assertReferences(merged);
  return merged;
}

/** An abstract consists of paragraphs, which become one. */
function abstractOf(blocks: readonly Block[]): Text {
  return blocks.flatMap((block): Text => {
    if (block.type === 'paragraph') return [...block.text, ' '];
    throw new InklingError(
      `report/${ABSTRACT}.md: expected paragraphs, got a ${block.type}; write it as text`,
    );
  });
}

function assertReferences(document: ReportDocument): void {
  const labels = referenceLabels(document);
  for (const part of textsOf(document).flat()) {
    if (typeof part === 'string' || part.type !== 'reference' || labels.has(part.id)) continue;
    throw new InklingError(
      `report: expected a link to an element of the report, got #${part.id}; correct it in the files of the folder "report" to one of ${listNames([...labels.keys()])}`,
    );
  }
}
