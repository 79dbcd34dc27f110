import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const STORED_AS = 'inkling-theme';

/** Changes whenever colours do, so that canvases, which CSS cannot reach, are drawn again. */
const ColoursContext = createContext('');

export const ColorsProvider = ColoursContext.Provider;

/** To be among the dependencies of whatever reads a colour. */
export function useColors(): string {
  return useContext(ColoursContext);
}

/** The theme chosen, how to choose another, and a key of the colours that are seen. */
export function useTheme() {
  const [theme, setTheme] = useState<Theme>(stored);
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
  // Not an effect: canvases of this very render read the colours.
  document.documentElement.dataset.theme = theme;
  const choose = (next: Theme) => {
    localStorage.setItem(STORED_AS, next);
    setTheme(next);
  };
  return { theme, setTheme: choose, colours: theme === 'system' ? String(systemIsDark) : theme };
}

function stored(): Theme {
  const found = localStorage.getItem(STORED_AS);
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
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  return (
    <button
      type="button"
      class="quiet"
      aria-label={`Theme: ${theme}. Change to ${next}`}
      onClick={() => {
        setTheme(next);
      }}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
      <span>{theme}</span>
    </button>
  );
}
