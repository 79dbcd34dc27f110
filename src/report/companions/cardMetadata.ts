import { termsOf } from '../../data/catalog/terms.js';
import type { CompanionRun } from './companionRun.js';
import { datasetTitleOf } from './titles.js';
import { yamlLines, type YamlValue } from './yaml.js';

/**
 * The metadata at the beginning of a model card, as lines of YAML. Source: the Hugging Face Hub's documentation of model cards.
 */
export function cardMetadata(run: CompanionRun): string[] {
  const { summary } = run;
  const { name } = summary.dataset;
  const terms = termsOf(summary.dataset);
  return yamlLines({
    library_name: 'inkling',
    pipeline_tag: 'image-classification',
    tags: ['image-classification', summary.model.name],
    datasets: [terms?.hub ?? name],
    metrics: ['accuracy', 'f1'],
    'model-index': [{ name: run.name, results: [resultsOf(run, terms?.hub ?? name, terms?.license)] }],
  });
}

function resultsOf({ summary, test }: CompanionRun, dataset: string, license: string | undefined): YamlValue {
  return {
    task: { type: 'image-classification', name: 'Image classification' },
    dataset: {
      type: dataset,
      name: datasetTitleOf(summary),
      split: 'test',
      ...(license !== undefined && { args: { license } }),
    },
    metrics: [
      { type: 'accuracy', value: test.accuracy, name: 'Accuracy' },
      { type: 'f1', value: test.macroF1, name: 'Macro F1', args: { average: 'macro' } },
      { type: 'cross_entropy', value: test.loss, name: 'Cross-entropy' },
    ],
  };
}
