import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { useTexts } from './texts.js';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'inkling-theme';

/** Changes whenever the colors change, so that canvases, which CSS does not restyle, are repainted. */
const ColorsContext = createContext('');

export const ColorsProvider = ColorsContext.Provider;

/** A key of the current colors, for the dependencies of an effect that reads a color. */
export function useColors(): string {
  return useContext(ColorsContext);
}

/** The selected theme, a setter, and a key of the current colors. */
export function useTheme() {
  const [theme, setTheme] = useState<Theme>(stored);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  // Not in an effect: canvases read the colors in the effects of this render.
  document.documentElement.dataset.theme = theme;
  const selectTheme = (next: Theme) => {
    localStorage.setItem(STORAGE_KEY, next);
    setTheme(next);
  };
  return { theme, setTheme: selectTheme, colors: theme === 'system' ? String(systemIsDark) : theme };
}

function stored(): Theme {
  const found = localStorage.getItem(STORAGE_KEY);
  return THEMES.find((theme) => theme === found) ?? 'system';
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const onChange = () => {
      setMatches(media.matches);
    };
    media.addEventListener('change', onChange);
    return () => {
      media.removeEventListener('change', onChange);
    };
  }, [query]);
  return matches;
}

export function ThemeToggle({ theme, setTheme }: { theme: Theme; setTheme: (theme: Theme) => void }) {
  const { themes, switchTheme } = useTexts();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  return (
    <button
      type="button"
      class="theme-toggle"
      aria-label={switchTheme(themes[theme], themes[next])}
      onClick={() => {
        setTheme(next);
      }}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
      <span>{themes[theme]}</span>
    </button>
  );
}
