import { LANGUAGES, type Language, languageOf } from './language.js';
import { text } from './text.js';

/** The choice of the language. */
export function LanguageSelect(props: { language: Language; onChange: (language: Language) => void }) {
  const { language, onChange } = props;
  return (
    <select
      class="language"
      aria-label={text.language}
      value={language}
      onChange={({ currentTarget }) => {
        onChange(languageOf(currentTarget.value) ?? language);
      }}
    >
      {Object.entries(LANGUAGES).map(([code, { name }]) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  );
}
