/** The program of the page that the lab saves as one file. The build bundles it as one script: see `scripts/offlineProgram.ts`. */
import { render } from 'preact';
import { loadClassifier } from '#inkling/index.js';
import { ENGLISH, TextsProvider } from '../../../../components/texts.js';
import css from './offline.css?inline';
import { OfflineApp } from './offlineApp.js';
import { type OfflineTemplates, textsOf } from './offlineTexts.js';

async function start(): Promise<void> {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  // The lab wrote them.
  const texts = textsOf(JSON.parse(contentOf('texts')) as OfflineTemplates);
  document.title = texts.title;
  const model = Uint8Array.from(atob(contentOf('model')), (character) => character.charCodeAt(0));
  const classifier = await loadClassifier(model);
  const root = document.getElementById('app');
  if (root === null) return;
  render(
    <TextsProvider value={{ ...ENGLISH, ...texts }}>
      <OfflineApp classifier={classifier} texts={texts} />
    </TextsProvider>,
    root,
  );
}

function contentOf(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

start().catch((error: unknown) => {
  document.body.append(String(error));
});
