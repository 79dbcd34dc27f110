import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Loaded, useLoaded } from './api.js';
import { useConnection, useConnectionChecks } from './connection.js';
import { DataPage } from './data/dataPage.js';
import { DrawPage } from './draw/drawPage.js';
import { loadServedModel, type PageModel } from './pageModel.js';
import { hrefOf, useRoute } from './route.js';
import { ComparePage } from './runs/comparePage.js';
import { RunPage } from './runs/runPage.js';
import { RunsPage } from './runs/runsPage.js';
import { SweepPage } from './sweeps/sweepPage.js';
import { SweepsPage } from './sweeps/sweepsPage.js';
import { ColorsProvider, ThemeToggle, useTheme } from './theme.js';
import { ApiKeyForm } from './ui/apiKeyForm.js';
import { Notice } from './ui/notice.js';

const OTHER_SECTIONS = [
  { route: 'runs', title: 'Runs' },
  { route: 'sweeps', title: 'Sweeps' },
  { route: 'data', title: 'Data' },
];

export function App() {
  const { theme, setTheme, colors } = useTheme();
  const [section = 'draw', ...rest] = useRoute();
  const model = useLoaded('model', loadServedModel);
  const { state } = useConnection();
  useConnectionChecks();
  // Only digits are drawn. Until the model is loaded, it is assumed to take them.
  const firstTitle = (model.value?.inputKind ?? 'digit') === 'digit' ? 'Draw' : 'Classify';
  const sections = [{ route: 'draw', title: firstTitle }, ...OTHER_SECTIONS];
  const current = sections.find(({ route }) => route === section) ?? sections[0];
  return (
    <ColorsProvider value={colors}>
      <a class="skip-link" href="#content" onClick={skipToContent}>
        Skip to main content
      </a>
      <header class="page-header">
        <a class="brand" href={hrefOf('draw')} aria-label="Inkling home">
          <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
            <path d="M16 3c4 6.500 8.500 10.500 8.500 16a8.500 8.500 0 0 1-17 0C7.500 13.500 12 9.500 16 3z" />
          </svg>
          Inkling
        </a>
        <nav aria-label="Sections">
          {sections.map(({ route, title }) => (
            <a key={route} href={hrefOf(route)} aria-current={route === current.route ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <ThemeToggle theme={theme} setTheme={setTheme} />
      </header>
      <Main title={current.title} route={location.hash}>
        {state === 'unreachable' && <Notice isError>The server cannot be reached. Reconnecting…</Notice>}
        {state === 'unauthorized' ? (
          <ApiKeyForm />
        ) : (
          <Section section={current.route} rest={rest} model={model} />
        )}
      </Main>
    </ColorsProvider>
  );
}

function skipToContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** The main part of the page, which receives the focus when the route changes so that screen readers start there. */
function Main(props: { title: string; route: string; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const shownRoute = useRef(props.route);
  useEffect(() => {
    document.title = `${props.title} – Inkling`;
    if (shownRoute.current !== props.route) main.current?.focus();
    shownRoute.current = props.route;
  }, [props.title, props.route]);
  return (
    <main id="content" tabIndex={-1} ref={main}>
      {props.children}
    </main>
  );
}

function Section(props: { section: string; rest: readonly string[]; model: Loaded<PageModel> }) {
  const { section, rest, model } = props;
  if (section === 'runs') {
    if (rest.length === 2) return <ComparePage names={[rest[0], rest[1]]} />;
    return rest.length === 1 ? <RunPage key={rest[0]} name={rest[0]} /> : <RunsPage />;
  }
  if (section === 'sweeps') {
    return rest.length === 1 ? <SweepPage key={rest[0]} name={rest[0]} /> : <SweepsPage />;
  }
  if (model.error !== undefined) return <Notice isError>{model.error}</Notice>;
  if (model.value === undefined) return <Notice>Loading the model…</Notice>;
  return section === 'data' ? <DataPage model={model.value} /> : <DrawPage model={model.value} />;
}
