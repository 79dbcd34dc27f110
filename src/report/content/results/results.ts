import type { Section } from '../../document.js';
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

export function resultsSection(context: Context): Section {
  const { main } = context;
  return {
    id: 'results',
    title: 'Results',
    blocks: [],
    subsections: [
      accuracySubsection(context),
      confusionSubsection(main),
      classMetricsSubsection(main),
      metricsSubsection(main),
      ...calibrationSubsections(main),
      predictionsSubsection(main),
      ...explanationsSubsections(main),
      ...featuresSubsections(main),
      ...embeddingSubsections(main),
      ...robustnessSubsections(context),
      ...learningCurveSubsections(context),
    ],
  };
}
