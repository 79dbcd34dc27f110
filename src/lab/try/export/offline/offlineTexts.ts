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

/** The same in JSON: functions are templates that contain `{1}`, `{2}`, and `{3}`. */
export type OfflineTemplates = {
  readonly [Name in keyof OfflineTexts]: OfflineTexts[Name] extends (...values: never[]) => string
    ? string
    : OfflineTexts[Name];
};

/** The texts that templates stand for. */
export function textsOf(templates: OfflineTemplates): OfflineTexts {
  const { maybe, closest, confidence, calibratedConfidence, likeliestOf } = templates;
  return {
    ...templates,
    maybe: (...values) => filled(maybe, ...values),
    closest: (...values) => filled(closest, ...values),
    confidence: (value) => filled(confidence, value),
    calibratedConfidence: (value) => filled(calibratedConfidence, value),
    likeliestOf: (shown, all) => filled(likeliestOf, String(shown), all),
  };
}

function filled(template: string, ...values: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (_, position: string) => values.at(Number(position) - 1) ?? '');
}
