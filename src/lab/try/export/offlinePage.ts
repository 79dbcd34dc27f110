import { encodeCheckpoint, type SavedModel } from '#inkling/index.js';
import { text } from '../../text/text.js';
import type { OfflineTemplates } from './offline/offlineTexts.js';

/** Made by the build, next to the page: too large to be loaded before somebody needs it. */
const PROGRAM = 'offlineProgram.js';
/** Nothing may be loaded, from anywhere. */
const POLICY =
  "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src blob: data:";
/** Functions take a limited number of arguments. */
const CHUNK = 0x8000;

/**
 * A page in one file that classifies drawings and images with a model, without a server.
 *
 * @throws {Error} when its program cannot be loaded
 */
export async function offlinePage(saved: SavedModel): Promise<string> {
  const response = await fetch(PROGRAM).catch(() => undefined);
  if (response?.ok !== true) throw new Error(text.try.pageUnavailable);
  return pageOf(saved, await response.text(), document.documentElement);
}

/** @param program the script, which reads the model and the texts from the page */
export function pageOf(
  saved: SavedModel,
  program: string,
  { lang, dir }: Pick<HTMLElement, 'lang' | 'dir'>,
): string {
  return [
    '<!doctype html>',
    `<html lang="${lang}" dir="${dir}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<script type="application/json" id="texts">${jsonInScript(templatesFor(saved))}</script>`,
    `<script type="text/plain" id="model">${base64Of(encodeCheckpoint(saved))}</script>`,
    `<script>${inScript(program)}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function templatesFor({ classes }: SavedModel): OfflineTemplates {
  const { components } = text;
  const { draw, yourImage, clear, undo, open, offlineNote, prompt, photoPrompt, unsure, reasons } = text.try;
  const { drawingCanvas, probabilities, likeliestProbabilities } = components;
  return {
    title: text.try.offlineTitle(classes.length),
    ...{ draw, yourImage, clear, undo, open, offlineNote, prompt, photoPrompt, unsure, reasons },
    ...{ drawingCanvas, probabilities, likeliestProbabilities },
    maybe: text.try.maybe('{1}', '{2}', '{3}'),
    closest: text.try.closest('{1}', '{2}'),
    confidence: text.try.confidence('{1}'),
    calibratedConfidence: text.try.calibratedConfidence('{1}'),
    likeliestOf: components.likeliestOf(0, '{2}').replace('0', '{1}'),
  };
}

/** What HTML would take for the end of a script, or for a comment, is only found in strings, where a backslash changes nothing. */
function inScript(program: string): string {
  return program.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

/** A `<` could begin the end of the script. */
function jsonInScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  }
  return btoa(binary);
}
