import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What the components themselves say; a page in another language provides its own. */
export interface ComponentTexts {
  readonly skipToContent: string;
  readonly sections: string;
  readonly themes: Readonly<Record<'system' | 'light' | 'dark', string>>;
  readonly switchTheme: (current: string, next: string) => string;
  readonly drawingCanvas: string;
  readonly byEpoch: (title: string) => string;
  readonly epoch: (epoch: string) => string;
  readonly valuesByEpoch: (title: string) => string;
  readonly fromTo: (name: string, first: string, last: string) => string;
  readonly probabilities: string;
  readonly likeliestProbabilities: string;
  readonly likeliestOf: (shown: number, all: string) => string;
  readonly confusionMatrix: string;
  readonly confusionCaption: string;
  readonly mostErrors: (shown: number) => string;
  readonly predictedAs: (label: string, predicted: string, count: number) => string;
  readonly featureMapsOf: (layer: string) => string;
  readonly channelOf: (layer: string) => string;
  readonly selectChannel: string;
  readonly channelValues: (channel: number, channels: number, least: string, greatest: string) => string;
  readonly close: string;
}

export const ENGLISH: ComponentTexts = {
  skipToContent: 'Skip to main content',
  sections: 'Sections',
  themes: { system: 'system', light: 'light', dark: 'dark' },
  switchTheme: (current, next) => `Theme: ${current}. Switch to ${next}`,
  drawingCanvas: 'Drawing canvas. Arrow keys move the pen; the space bar lowers and lifts it.',
  byEpoch: (title) => `${title} by epoch`,
  epoch: (epoch) => `Epoch ${epoch}`,
  valuesByEpoch: (title) => `${title} at an epoch`,
  fromTo: (name, first, last) => `${name} from ${first} to ${last}`,
  probabilities: 'Probability of each class',
  likeliestProbabilities: 'Probabilities of the most likely classes',
  likeliestOf: (shown, all) => `The ${shown} most likely of ${all} classes.`,
  confusionMatrix: 'Confusion matrix',
  confusionCaption: 'Confusion matrix. Rows: true class. Columns: predicted class.',
  mostErrors: (shown) => `Only the ${shown} classes with the most errors.`,
  predictedAs: (label, predicted, count) => `${label} predicted as ${predicted}: ${count}`,
  featureMapsOf: (layer) => `Feature maps of ${layer}`,
  channelOf: (layer) => `Channel of ${layer} to enlarge`,
  selectChannel: 'Select a channel to enlarge it',
  channelValues: (channel, channels, least, greatest) =>
    `Channel ${channel} of ${channels}: values from ${least} to ${greatest}`,
  close: 'Close',
};

const TextsContext = createContext(ENGLISH);

export const TextsProvider = TextsContext.Provider;

export function useTexts(): ComponentTexts {
  return useContext(TextsContext);
}
