import { VERSION } from '../../core/version.js';
import type { CompanionRun } from './companionRun.js';
import type { CompanionAuthors } from './companionAuthors.js';
import { MARK } from './mark.js';
import { titleOf } from './titles.js';
import { yamlLines, type YamlValue } from './yaml.js';

/**
 * The content of `CITATION.cff`, which says how to cite a model. Source: Citation File Format 1.2.0.
 *
 * @param authors at least one, as the format requires
 */
export function encodeCitation(run: CompanionRun, { authors, title }: CompanionAuthors): string {
  const { summary, test } = run;
  const lines = yamlLines({
    'cff-version': '1.2.0',
    message: 'If you use this model, please cite it as below.',
    type: 'software',
    title: title ?? titleOf(run),
    authors: authors.map(personOf),
    'date-released': summary.startedAt.slice(0, 10),
    abstract:
      `The ${summary.model.name} network, trained on ${summary.dataset.name} with Inkling ${summary.version}: ` +
      `${(100 * test.accuracy).toFixed(2)} % of ${test.total} test images are classified correctly.`,
    keywords: ['image classification', summary.dataset.name, summary.model.name],
    references: [
      {
        type: 'software',
        title: 'Inkling',
        version: VERSION,
        authors: [{ name: 'The Inkling authors' }],
      },
    ],
  });
  return [MARK, ...lines, ''].join('\n');
}

/** The last word of a name is taken to be the family name; a name of one word to be an organization. */
function personOf(name: string): YamlValue {
  const words = name.trim().split(/\s+/);
  if (words.length === 1) return { name };
  return { 'given-names': words.slice(0, -1).join(' '), 'family-names': words[words.length - 1] };
}
