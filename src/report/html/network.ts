import { encodeBytes } from '../../core/base64.js';
import { formatMegabytes } from '../../core/format.js';
import { encodeCheckpoint, inputKindOfModel, type SavedModel } from '../../interop/checkpoint.js';
import { element, textElement } from '../markup.js';

/** The section of a page in which its reader tries the network. */
export const NETWORK = { id: 'try', title: 'Try the network' } as const;

/** So that a report can be sent by mail. */
const MAX_PAGE_BYTES = 3_000_000;
/** For the head, the title, and the styles of a page. */
const OTHER_BYTES = 60_000;

/** What the program that classifies says; those of its functions are templates. A test compares the names with those that it reads. */
export const CLASSIFIER_TEXTS = {
  draw: 'Draw',
  yourImage: 'Your image',
  clear: 'Clear',
  undo: 'Undo',
  open: 'Open an image',
  prompt: 'Draw something, or drop an image',
  photoPrompt: 'Open or drop an image',
  unsure: 'Not sure',
  maybe: 'Maybe {1} or {2}: {3}.',
  closest: 'Most like {1}, but {2}.',
  reasons: {
    empty: 'the image is empty',
    noise: 'the image shows only noise',
    'several-digits': 'it seems to show several things side by side',
    'low-confidence': 'the confidence is low',
    'out-of-distribution': 'it resembles none of the training images',
  },
  confidence: 'Confidence, not calibrated: {1}',
  calibratedConfidence: 'Calibrated confidence: {1}',
  drawingCanvas: 'Drawing canvas. Arrow keys move the pen; the space bar lowers and lifts it.',
  probabilities: 'Probability of each class',
  likeliestProbabilities: 'Probabilities of the most likely classes',
  likeliestOf: 'The {1} most likely of {2} classes.',
  offlineNote: 'This file contains the network, and sends nothing to anyone.',
} as const;

/**
 * The section that classifies what its reader draws or opens, if the page then has at most 3 MB; otherwise it says so.
 *
 * @param program the script that classifies
 * @param others the other sections
 */
export function embedNetwork(
  network: SavedModel,
  program: string,
  others: readonly string[],
): { readonly markup: string; readonly isComplete: boolean } {
  const weights = encodeBytes(encodeCheckpoint(network));
  const encoder = new TextEncoder();
  const needed = [program, weights, ...others].reduce((sum, part) => sum + encoder.encode(part).length, 0);
  const isComplete = needed + OTHER_BYTES <= MAX_PAGE_BYTES;
  const content = isComplete ? frame(network, program, weights) : [explanation(weights)];
  return {
    markup: element('section', { id: NETWORK.id }, textElement('h2', {}, NETWORK.title), ...content),
    isComplete,
  };
}

function explanation(weights: string): string {
  return textElement(
    'p',
    {},
    `The network is not part of this file, which would be larger than ${MAX_PAGE_BYTES / 1e6} MB with its weights (${formatMegabytes(weights.length)}).`,
  );
}

function frame(network: SavedModel, program: string, weights: string): string[] {
  const { model } = network;
  const isDrawn = inputKindOfModel(network) === 'digit';
  const action = isDrawn ? 'Draw something, or open or drop an image' : 'Open or drop an image';
  const texts = JSON.stringify({ ...CLASSIFIER_TEXTS, title: model.name });
  const embedded = (name: string, type: string, content: string) =>
    element('script', { id: `classifier-${name}`, type }, content);
  return [
    textElement(
      'p',
      {},
      `${action}: ${model.name} classifies it here, in the browser, with the weights of this run, which this file contains.`,
    ),
    element('noscript', {}, textElement('p', {}, 'This needs JavaScript.')),
    element('div', { id: 'classifier', role: 'group', 'aria-label': `Classifier ${model.name}` }),
    // A `<` could begin the end of the script.
    embedded('texts', 'application/json', texts.replaceAll('<', String.raw`\u003c`)),
    embedded('model', 'text/plain', weights),
    embedded('program', 'text/plain', inScript(program)),
  ];
}

/** What HTML would take for the end of a script, or for a comment, is only found in strings, where a backslash changes nothing. */
function inScript(program: string): string {
  return program.replaceAll('</script', String.raw`<\/script`).replaceAll('<!--', String.raw`<\!--`);
}
