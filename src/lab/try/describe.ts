import type { Classifier } from '#inkling/index.js';
import type { HeadlineText } from '../../components/headline.js';
import type { LabText } from '../text/en.js';
import { confidenceText } from './confidence.js';
import type { Inspection } from './inspect.js';

export type PredictionTexts = Pick<
  LabText['try'],
  | 'prompt'
  | 'photoPrompt'
  | 'unsure'
  | 'maybe'
  | 'closest'
  | 'reasons'
  | 'confidence'
  | 'calibratedConfidence'
>;

/**
 * A prediction in words.
 *
 * @param inspection or why there is none; undefined without an image
 */
export function describe(
  { inputKind, calibration }: Pick<Classifier, 'inputKind' | 'calibration'>,
  inspection: Inspection | string | undefined,
  texts: PredictionTexts,
): HeadlineText {
  if (inspection === undefined) {
    const detail = inputKind === 'digit' ? texts.prompt : texts.photoPrompt;
    return { headline: '?', detail, isConfident: false };
  }
  if (typeof inspection === 'string') return { headline: '?', detail: inspection, isConfident: false };
  const { label, probability, doubt, top } = inspection.classification;
  if (doubt !== undefined) {
    const reasons = doubt.map(({ code, text }) => texts.reasons[code] ?? text).join('; ');
    // Only where nothing else is wrong with the image, it is one of the likeliest classes.
    const detail = doubt.every(({ code }) => code === 'low-confidence')
      ? texts.maybe(label, top.at(1)?.label ?? label, reasons)
      : texts.closest(label, reasons);
    return { headline: texts.unsure, detail, isConfident: false };
  }
  return { headline: label, detail: confidenceText(probability, calibration, texts), isConfident: true };
}
