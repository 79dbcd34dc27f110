import { setNumberFormat } from '../../components/format.js';
import { en, type LabText } from './en.js';
import { withFixedSpaces } from './fixedSpaces.js';
import { replaceText } from './text.js';

interface LanguageInfo {
  /** In the language itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** Those besides English are loaded when they are chosen. */
  readonly load: () => LabText | Promise<LabText>;
}

/** By the code of the language. */
export const LANGUAGES = {
  en: { name: 'English', direction: 'ltr', load: () => en },
  de: { name: 'Deutsch', direction: 'ltr', load: async () => (await import('./de.js')).de },
  fa: { name: 'فارسی', direction: 'rtl', load: async () => (await import('./fa.js')).fa },
} as const satisfies Readonly<Record<string, LanguageInfo>>;

export type Language = keyof typeof LANGUAGES;

const STORAGE_KEY = 'inkling-language';

/** The language with a code such as `de` or `de-AT`; undefined if the lab does not have it. */
export function languageOf(code: string): Language | undefined {
  const [base] = code.split('-');
  return (Object.keys(LANGUAGES) as readonly Language[]).find((each) => each === base);
}

/** The language that was chosen, or else the first of the browser's that the lab has, or English. */
export function preferredLanguage(): Language {
  const wanted = [localStorage.getItem(STORAGE_KEY) ?? '', ...navigator.languages];
  return wanted.map(languageOf).find((each) => each !== undefined) ?? 'en';
}

export function storeLanguage(language: Language): void {
  localStorage.setItem(STORAGE_KEY, language);
}

/** Loads a language and shows it from the next rendering on. */
export async function loadLanguage(language: Language): Promise<void> {
  const { direction, load } = LANGUAGES[language];
  const loaded = withFixedSpaces(await load());
  replaceText(loaded);
  const { locale, percent } = loaded;
  setNumberFormat({ locale, percent, isRightToLeft: direction === 'rtl' });
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
}
