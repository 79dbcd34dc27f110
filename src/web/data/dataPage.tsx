import { useState } from 'preact/hooks';
import { formatCount } from '#inkling/core/format.js';
import { DATASET_PARTS, type DatasetPart } from '#inkling/data/parts.js';
import { datasetListSchema, datasetSchema, type DatasetSummary } from '#inkling/server/apiSchemas.js';
import { getJson, useLoaded } from '../api.js';
import { loadImagePage } from '../datasetImages.js';
import { formatDimensions } from '../../components/format.js';
import type { PageModel } from '../pageModel.js';
import { Notice } from '../../components/notice.js';
import { ClassCounts } from './classCounts.js';
import { ImageBrowser } from './imageBrowser.js';
import { Pager } from '../ui/pager.js';

const PAGE_SIZE = 100;

const PART_TITLES: Readonly<Record<DatasetPart, string>> = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
};

/** The images of the data sets, with the served model's predictions. */
export function DataPage({ model }: { model: PageModel }) {
  const list = useLoaded('list', (signal) => getJson(datasetListSchema, 'api/data', signal));
  const [selected, setSelected] = useState<string>();
  const name = selected ?? list.value?.datasets.find(({ available }) => available)?.name;
  const dataset = useLoaded(name ?? '', async (signal) =>
    name === undefined ? undefined : getJson(datasetSchema, `api/data/${encodeURIComponent(name)}`, signal),
  );
  const error = list.error ?? dataset.error;
  return (
    <>
      <section class="card">
        <header class="card-header">
          <h1>Data</h1>
          <label>
            Data set{' '}
            <select
              value={name}
              onChange={({ currentTarget }) => {
                setSelected(currentTarget.value);
              }}
            >
              {list.value?.datasets.map((each) => (
                <option key={each.name} value={each.name} disabled={!each.available}>
                  {each.available ? each.name : `${each.name} (not on this machine)`}
                </option>
              ))}
            </select>
          </label>
        </header>
        {error !== undefined && <Notice isError>{error}</Notice>}
        {error === undefined && dataset.value === undefined && <Notice>Loading the data set…</Notice>}
        {dataset.value && (
          <p class="muted">
            Image shape: {formatDimensions(dataset.value.shape)}. Source: {dataset.value.source}.
          </p>
        )}
      </section>
      {dataset.value && <PartBrowser key={dataset.value.name} dataset={dataset.value} model={model} />}
    </>
  );
}

/** The images of one part, or of one of its classes. */
function PartBrowser({ dataset, model }: { dataset: DatasetSummary; model: PageModel }) {
  const [part, setPart] = useState<DatasetPart>('test');
  const [label, setLabel] = useState<number>();
  const [first, setFirst] = useState(0);
  const images = useLoaded(`${part} ${label ?? 'all'} ${first}`, (signal) =>
    loadImagePage(dataset.name, part, { label, first, count: PAGE_SIZE }, signal),
  );
  const select = (nextPart: DatasetPart, nextLabel: number | undefined) => {
    setPart(nextPart);
    setLabel(nextLabel);
    setFirst(0);
  };
  return (
    <section class="card" aria-label="Images">
      <div class="button-group" role="group" aria-label="Part">
        {DATASET_PARTS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === part}
            onClick={() => {
              select(each, label);
            }}
          >
            {PART_TITLES[each]} <span>{formatCount(sum(dataset.counts[each]))}</span>
          </button>
        ))}
      </div>
      <ClassCounts
        classes={dataset.classes}
        counts={dataset.counts[part]}
        selected={label}
        onSelect={(nextLabel) => {
          select(part, nextLabel);
        }}
      />
      {images.error !== undefined && <Notice isError>{images.error}</Notice>}
      {images.value && (
        <>
          <Pager first={first} size={PAGE_SIZE} total={images.value.total} onFirst={setFirst} />
          <ImageBrowser images={images.value} dataset={dataset} model={model} />
        </>
      )}
    </section>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
