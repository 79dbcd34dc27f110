import { useState } from 'preact/hooks';
import { type Language, loadLanguage, storeLanguage } from './language.js';

/** The language that is shown, which can be changed; whatever uses it is rendered again. */
export function useLanguage(initial: Language) {
  const [language, setLanguage] = useState(initial);
  const [isMissing, setMissing] = useState(false);
  const change = async (next: Language) => {
    try {
      await loadLanguage(next);
      storeLanguage(next);
      setLanguage(next);
      setMissing(false);
    } catch {
      // The page is offline, and was never online long enough to keep all its files.
      setMissing(true);
    }
  };
  return {
    language,
    isMissing,
    change: (next: Language) => {
      void change(next);
    },
  };
}
