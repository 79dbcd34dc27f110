import type { Block, Section, Subsection } from '../../document.js';
import { reference, sentences, text } from '../text.js';
import { accuracySubsection } from './accuracy.js';
import { classMetricsSubsection } from './classMetrics.js';
import { calibrationSubsections } from './calibration.js';
import { confusionSubsection } from './confusion.js';
import type { Context } from '../context.js';
import { embeddingSubsections } from './embedding.js';
import { explanationsSubsections } from './explanations.js';
import { featuresSubsections } from './features.js';
import { learningCurveSubsections } from './learningCurve.js';
import { metricsSubsection } from './metrics.js';
import { predictionsSubsection } from './predictions.js';
import { robustnessSubsections } from './robustness.js';

/** Of several seeds, a single run is described in detail. */
function whichRun({ main, repeats }: Context): Block[] {
  if (repeats.length === 1) return [];
  return [
    {
      type: 'paragraph',
      text: text`The figures and tables of this section, and the images that it counts, are those of the run with seed ${main.summary.seed}, unless they say otherwise; ${reference('seeds')} lists all seeds.`,
    },
  ];
}

/** Of several seeds, names the one that figures and tables show. */
function withSeed(subsection: Subsection, { main, repeats }: Context): Subsection {
  if (repeats.length === 1) return subsection;
  const seed = text`Seed ${main.summary.seed}.`;
  const named = (block: Block): Block =>
    block.type === 'figure' || block.type === 'table'
      ? { ...block, caption: sentences(block.caption, seed) }
      : block;
  return { ...subsection, blocks: subsection.blocks.map(named) };
}

export function resultsSection(context: Context): Section {
  const { main } = context;
  return {
    id: 'results',
    title: 'Results',
    blocks: whichRun(context),
    subsections: [
      accuracySubsection(context),
      ...[
        confusionSubsection(main),
        classMetricsSubsection(main),
        metricsSubsection(main),
        ...calibrationSubsections(main),
        predictionsSubsection(main),
        ...explanationsSubsections(main),
        ...featuresSubsections(main),
        ...embeddingSubsections(main),
      ].map((subsection) => withSeed(subsection, context)),
      ...robustnessSubsections(context),
      ...learningCurveSubsections(context),
    ],
  };
}
