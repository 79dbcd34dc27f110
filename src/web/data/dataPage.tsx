import { useState } from 'preact/hooks';
import { DATASET_PARTS, type DatasetPart } from '#inkling/data/parts.js';
import { datasetListSchema, datasetSchema, type DatasetSummary } from '#inkling/server/apiSchemas.js';
import { getJson, useLoaded } from '../api.js';
import { formatCount } from '../format.js';
import { loadImagePage } from '../datasetImages.js';
import type { PageModel } from '../pageModel.js';
import { Notice } from '../ui/notice.js';
import { Distribution } from './distribution.js';
import { ImageSheet } from './imageSheet.js';
import { Pager } from './pager.js';

const PAGE = 100;

const PART_TITLES: Readonly<Record<DatasetPart, string>> = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
};

/** Data sets, image by image. */
export function DataPage({ reader }: { reader: PageModel }) {
  const list = useLoaded('list', (signal) => getJson(datasetListSchema, 'api/data', signal));
  const [chosen, setChosen] = useState<string>();
  const name = chosen ?? list.value?.datasets.find(({ available }) => available)?.name;
  const numbers = useLoaded(name ?? '', async (signal) =>
    name === undefined ? undefined : getJson(datasetSchema, `api/data/${encodeURIComponent(name)}`, signal),
  );
  const problem = list.problem ?? numbers.problem;
  return (
    <>
      <section class="card">
        <header class="title">
          <h1>Data</h1>
          <label>
            Data set{' '}
            <select
              value={name}
              onChange={({ currentTarget }) => {
                setChosen(currentTarget.value);
              }}
            >
              {list.value?.datasets.map((each) => (
                <option key={each.name} value={each.name} disabled={!each.available}>
                  {each.available ? each.name : `${each.name}, not on this machine`}
                </option>
              ))}
            </select>
          </label>
        </header>
        {problem !== undefined && <Notice problem>{problem}</Notice>}
        {problem === undefined && numbers.value === undefined && <Notice>Loading the data set …</Notice>}
        {numbers.value && (
          <p class="muted">
            Images of {numbers.value.shape.join(' × ')}; {numbers.value.source}.
          </p>
        )}
      </section>
      {numbers.value && <Browser key={numbers.value.name} numbers={numbers.value} reader={reader} />}
    </>
  );
}

/** The images of a part, or of one of its classes. */
function Browser({ numbers, reader }: { numbers: DatasetSummary; reader: PageModel }) {
  const [part, setPart] = useState<DatasetPart>('test');
  const [label, setLabel] = useState<number>();
  const [first, setFirst] = useState(0);
  const images = useLoaded(`${part} ${label ?? 'all'} ${first}`, (signal) =>
    loadImagePage(numbers.name, part, { label, first, count: PAGE }, signal),
  );
  const choose = (nextPart: DatasetPart, nextLabel: number | undefined) => {
    setPart(nextPart);
    setLabel(nextLabel);
    setFirst(0);
  };
  return (
    <section class="card" aria-label="Images">
      <div class="choices" role="group" aria-label="Part">
        {DATASET_PARTS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === part}
            onClick={() => {
              choose(each, label);
            }}
          >
            {PART_TITLES[each]} <span>{formatCount(sum(numbers.counts[each]))}</span>
          </button>
        ))}
      </div>
      <Distribution
        classes={numbers.classes}
        counts={numbers.counts[part]}
        chosen={label}
        onChoose={(nextLabel) => {
          choose(part, nextLabel);
        }}
      />
      {images.problem !== undefined && <Notice problem>{images.problem}</Notice>}
      {images.value && (
        <>
          <Pager first={first} size={PAGE} total={images.value.total} onFirst={setFirst} />
          <ImageSheet images={images.value} numbers={numbers} reader={reader} />
        </>
      )}
    </section>
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
