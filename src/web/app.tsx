import { Notice } from '../components/notice.js';
import { PageFrame } from '../components/pageFrame.js';
import { useRoute } from '../components/route.js';
import { type Loaded, useLoaded } from './api.js';
import { useConnection, useConnectionChecks } from './connection.js';
import { DataPage } from './data/dataPage.js';
import { DrawPage } from './draw/drawPage.js';
import { loadServedModel, type PageModel } from './pageModel.js';
import { ComparePage } from './runs/compare/comparePage.js';
import { RunPage } from './runs/runPage.js';
import { RunsPage } from './runs/runsPage.js';
import { SweepPage } from './sweeps/sweepPage.js';
import { SweepsPage } from './sweeps/sweepsPage.js';
import { TrainPage } from './train/trainPage.js';
import { ApiKeyForm } from './ui/apiKeyForm.js';

const OTHER_SECTIONS = [
  { route: 'runs', title: 'Runs' },
  { route: 'sweeps', title: 'Sweeps' },
  { route: 'data', title: 'Data' },
];

export function App() {
  const [section = 'draw', ...rest] = useRoute();
  const model = useLoaded('model', loadServedModel);
  const { state } = useConnection();
  useConnectionChecks();
  // Only digits are drawn. Until the model is loaded, it is assumed to take them.
  const firstTitle = (model.value?.inputKind ?? 'digit') === 'digit' ? 'Draw' : 'Classify';
  const sections = [{ route: 'draw', title: firstTitle }, ...OTHER_SECTIONS];
  // Training belongs to the runs.
  const isTraining = section === 'train';
  const current = sections.find(({ route }) => route === (isTraining ? 'runs' : section)) ?? sections[0];
  return (
    <PageFrame
      home={{ route: 'draw', label: 'Inkling home' }}
      sections={sections}
      current={current}
      name="Inkling"
    >
      {state === 'unreachable' && <Notice isError>The server cannot be reached. Reconnecting…</Notice>}
      {state === 'unauthorized' ? (
        <ApiKeyForm />
      ) : (
        <Section section={isTraining ? section : current.route} rest={rest} model={model} />
      )}
    </PageFrame>
  );
}

function Section(props: { section: string; rest: readonly string[]; model: Loaded<PageModel> }) {
  const { section, rest, model } = props;
  if (section === 'train') return <TrainPage />;
  if (section === 'runs') {
    if (rest.length > 1) return <ComparePage names={rest} />;
    return rest.length === 1 ? <RunPage key={rest[0]} name={rest[0]} /> : <RunsPage />;
  }
  if (section === 'sweeps') {
    return rest.length === 1 ? <SweepPage key={rest[0]} name={rest[0]} /> : <SweepsPage />;
  }
  if (model.error !== undefined) return <Notice isError>{model.error}</Notice>;
  if (model.value === undefined) return <Notice>Loading the model…</Notice>;
  return section === 'data' ? <DataPage model={model.value} /> : <DrawPage model={model.value} />;
}
