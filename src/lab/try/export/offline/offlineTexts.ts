import type { ComponentTexts } from '../../../../components/texts.js';
import type { LabText } from '../../../text/en.js';
import type { PredictionTexts } from '../../describe.js';

type FromLab = Pick<LabText['try'], 'draw' | 'yourImage' | 'clear' | 'undo' | 'open' | 'offlineNote'>;

type FromComponents = Pick<
  ComponentTexts,
  'drawingCanvas' | 'probabilities' | 'likeliestProbabilities' | 'likeliestOf'
>;

/** What the page in a file says, in the language that it was saved in. */
export interface OfflineTexts extends FromLab, PredictionTexts, FromComponents {
  readonly title: string;
}

/** The same in JSON: functions are templates that contain `{1}` and `{2}`. */
export type OfflineTemplates = {
  readonly [Name in keyof OfflineTexts]: OfflineTexts[Name] extends (...values: never[]) => string
    ? string
    : OfflineTexts[Name];
};

/** The texts that templates stand for. */
export function textsOf(templates: OfflineTemplates): OfflineTexts {
  const { maybe, confidence, calibratedConfidence, likeliestOf } = templates;
  return {
    ...templates,
    maybe: (first, second) => filled(maybe, first, second),
    confidence: (value) => filled(confidence, value),
    calibratedConfidence: (value) => filled(calibratedConfidence, value),
    likeliestOf: (shown, all) => filled(likeliestOf, String(shown), all),
  };
}

function filled(template: string, first: string, second = ''): string {
  return template.replace('{1}', () => first).replace('{2}', () => second);
}
