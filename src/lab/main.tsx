import { render } from 'preact';
import { App } from './app.js';
import { openStorage } from './storage/openStorage.js';
import { type Language, loadLanguage, preferredLanguage } from './text/language.js';

const root = document.getElementById('app');
if (root !== null) {
  const [storage, initialLanguage] = await Promise.all([openStorage(), firstLanguage()]);
  render(<App storage={storage} initialLanguage={initialLanguage} />, root);
}

/** The preferred language, or English if it cannot be loaded. */
async function firstLanguage(): Promise<Language> {
  try {
    const language = preferredLanguage();
    await loadLanguage(language);
    return language;
  } catch {
    return 'en';
  }
}
