import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hrefOf } from './route.js';
import { useTexts } from './texts.js';
import { ColorsProvider, ThemeToggle, useTheme } from './theme.js';

/** A part of a page, with the first part of its route. */
export interface Section {
  readonly route: string;
  readonly title: string;
}

/** The header with links to the sections, and the main part with the current one. */
export function PageFrame(props: {
  /** The link of the logo. */
  home: { readonly route: string; readonly label: string };
  sections: readonly Section[];
  current: Section;
  /** What the title of the window ends with. */
  name: string;
  /** Shown next to the choice of the theme. */
  tools?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { home, sections, current, name, tools, children } = props;
  const { theme, setTheme, colors } = useTheme();
  const texts = useTexts();
  return (
    <ColorsProvider value={colors}>
      <a class="skip-link" href="#content" onClick={skipToContent}>
        {texts.skipToContent}
      </a>
      <header class="page-header">
        <a class="brand" href={hrefOf(home.route)} aria-label={home.label}>
          <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
            <path d="M16 3c4 6.500 8.500 10.500 8.500 16a8.500 8.500 0 0 1-17 0C7.500 13.500 12 9.500 16 3z" />
          </svg>
          <span>Inkling</span>
        </a>
        <nav aria-label={texts.sections}>
          {sections.map(({ route, title }) => (
            <a key={route} href={hrefOf(route)} aria-current={route === current.route ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        {tools}
        <ThemeToggle theme={theme} setTheme={setTheme} />
      </header>
      <Main title={`${current.title} – ${name}`} route={location.hash}>
        {children}
      </Main>
    </ColorsProvider>
  );
}

function skipToContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** The main part of the page. When the route changes, it is shown from its beginning, and has the focus, so that screen readers start there. */
function Main(props: { title: string; route: string; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const shownRoute = useRef(props.route);
  useEffect(() => {
    document.title = props.title;
    if (shownRoute.current === props.route) return;
    shownRoute.current = props.route;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [props.title, props.route]);
  return (
    <main id="content" tabIndex={-1} ref={main}>
      {props.children}
    </main>
  );
}
