import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { hrefOf, useRoute } from './route.js';
import { type Loaded, useLoaded } from './api.js';
import { DataPage } from './data/dataPage.js';
import { DrawPage } from './draw/drawPage.js';
import { loadServedModel, type PageModel } from './pageModel.js';
import { ComparePage } from './runs/comparePage.js';
import { RunPage } from './runs/runPage.js';
import { RunsPage } from './runs/runsPage.js';
import { ColorsProvider, ThemeToggle, useTheme } from './theme.js';
import { Notice } from './ui/notice.js';

const OTHER_SECTIONS = [
  { address: 'runs', title: 'Runs' },
  { address: 'data', title: 'Data' },
];

export function App() {
  const { theme, setTheme, colours } = useTheme();
  const [section = 'draw', ...rest] = useRoute();
  const reader = useLoaded('model', loadServedModel);
  // Nobody draws photographs.
  const first = reader.value?.inputKind === 'image' ? 'Picture' : 'Draw';
  const sections = [{ address: 'draw', title: first }, ...OTHER_SECTIONS];
  const current = sections.find(({ address }) => address === section) ?? sections[0];
  return (
    <ColorsProvider value={colours}>
      <a class="skip" href="#content" onClick={skipToContent}>
        Skip to the content
      </a>
      <header class="bar">
        <a class="brand" href={hrefOf('draw')} aria-label="Inkling, to the start">
          <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
            <path d="M16 3c4 6.500 8.500 10.500 8.500 16a8.500 8.500 0 0 1-17 0C7.500 13.500 12 9.500 16 3z" />
          </svg>
          Inkling
        </a>
        <nav aria-label="Sections">
          {sections.map(({ address, title }) => (
            <a
              key={address}
              href={hrefOf(address)}
              aria-current={address === current.address ? 'page' : undefined}
            >
              {title}
            </a>
          ))}
        </nav>
        <ThemeToggle theme={theme} setTheme={setTheme} />
      </header>
      <Content title={current.title} address={location.hash}>
        <Section section={current.address} rest={rest} reader={reader} />
      </Content>
    </ColorsProvider>
  );
}

function skipToContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** The main part; it takes the focus when another page is shown, so that a screen reader begins there. */
function Content(props: { title: string; address: string; children: ComponentChildren }) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(props.address);
  useEffect(() => {
    document.title = `${props.title} – Inkling`;
    if (shown.current !== props.address) main.current?.focus();
    shown.current = props.address;
  }, [props.title, props.address]);
  return (
    <main id="content" tabIndex={-1} ref={main}>
      {props.children}
    </main>
  );
}

function Section(props: { section: string; rest: readonly string[]; reader: Loaded<PageModel> }) {
  const { section, rest, reader } = props;
  if (section === 'runs') {
    if (rest.length === 2) return <ComparePage names={[rest[0], rest[1]]} />;
    return rest.length === 1 ? <RunPage key={rest[0]} name={rest[0]} /> : <RunsPage />;
  }
  if (reader.problem !== undefined) return <Notice problem>{reader.problem}</Notice>;
  if (reader.value === undefined) return <Notice>Loading the network …</Notice>;
  return section === 'data' ? <DataPage reader={reader.value} /> : <DrawPage reader={reader.value} />;
}
