import { useMemo, useState } from 'preact/hooks';
import type { Classifier, InputGradients } from '#inkling/index.js';
import { Choice, optionsOf } from '../../../components/choice.js';
import { formatProbability } from '../../../components/format.js';
import { Notice } from '../../../components/notice.js';
import { Thumbnail } from '../../../components/thumbnail.js';
import { text } from '../../text/text.js';
import type { Inspection } from '../inspect.js';
import { ValueMap } from '../walk/valueMap.js';
import { type Change, MAX_MEAN_LEVELS } from './smallestChange.js';
import { type Search, useChange } from './useChange.js';
import { bytesOf, MAX_BYTE } from '../../pixels.js';

/** The smallest change with which the network takes the image for another class. */
export function ChangeCard(props: {
  classifier: Classifier;
  gradients: () => Promise<InputGradients>;
  inspection: Inspection;
}) {
  const { classifier, gradients, inspection } = props;
  const { search, start } = useChange(classifier, gradients, inspection);
  const [chosen, setChosen] = useState('');
  const { top } = inspection.classification;
  const others = classifier.labels.filter((label) => label !== top[0].label);
  const target = others.includes(chosen) ? chosen : top[1].label;
  return (
    <section class="card change" aria-label={text.try.change.title}>
      <h2>{text.try.change.title}</h2>
      <p class="muted">{text.try.change.intro}</p>
      <div class="button-group">
        <Choice
          label={text.try.change.target}
          value={target}
          options={optionsOf(others)}
          onChange={setChosen}
        />
        <button
          type="button"
          class="primary"
          disabled={search?.state === 'searching'}
          onClick={() => {
            start(target);
          }}
        >
          {text.try.change.find}
        </button>
      </div>
      {search !== undefined && <Result search={search} classifier={classifier} inspection={inspection} />}
    </section>
  );
}

function Result(props: { search: Search; classifier: Classifier; inspection: Inspection }) {
  const { search, classifier, inspection } = props;
  switch (search.state) {
    case 'searching':
      return <Notice>{text.try.change.searching}</Notice>;
    case 'failed':
      return <Notice isError>{search.problem}</Notice>;
    case 'none':
      return <Notice>{text.try.change.none(search.target, MAX_MEAN_LEVELS)}</Notice>;
    case 'found': {
      const { change, classification } = search;
      const { label, probability, doubt } = classification;
      return (
        <>
          <p role="status">
            {text.try.change.found(label, formatProbability(probability), change.largest, change.mean)}
            {doubt !== undefined && ` ${text.try.change.doubtful}`}
          </p>
          <ChangeImages change={change} classifier={classifier} inspection={inspection} label={label} />
        </>
      );
    }
  }
}

function ChangeImages(props: {
  change: Change;
  classifier: Classifier;
  inspection: Inspection;
  label: string;
}) {
  const { change, classifier, inspection, label } = props;
  const { shape } = classifier;
  const difference = useMemo(() => differenceOf(change, shape), [change, shape]);
  const largest = difference.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const original = bytesOf(inspection.pixels);
  const before = text.try.change.original(inspection.classification.label);
  const between = text.try.change.difference(MAX_BYTE / Math.max(1, largest));
  const after = text.try.change.changed(label);
  return (
    <div class="change-images">
      <figure>
        <Thumbnail shape={shape} pixels={original} label={before} />
        <figcaption>{before}</figcaption>
      </figure>
      <figure>
        <ValueMap grid={difference} mark={undefined} label={between} />
        <figcaption>{between}</figcaption>
      </figure>
      <figure>
        <Thumbnail shape={shape} pixels={change.pixels} label={after} />
        <figcaption>{after}</figcaption>
      </figure>
    </div>
  );
}

/** The mean difference of the channels of each pixel, as cells. */
function differenceOf({ difference }: Change, [height, width, channels]: Classifier['shape']) {
  const values = new Float32Array(height * width);
  difference.forEach((levels, i) => {
    values[Math.floor(i / channels)] += levels / channels;
  });
  return { height, width, values, indexOf: (cell: number) => cell };
}
