import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { SavedModel } from '#inkling/index.js';
import type { SplitExamples } from '../data/splitExamples.js';
import { Notice } from '../../components/notice.js';
import { text } from '../text/text.js';
import { useResult } from '../try/useResult.js';
import type { Distribution } from './distribution.js';
import { Histogram } from './histogram.js';
import { byLayer, type NetworkInside } from './networkInside.js';
import { weightGradients } from './weightGradients.js';

/** How weights and outputs are distributed, and the gradients of the weights: what is not shown is not computed. */
export function Histograms(props: {
  best: SavedModel;
  dataset: SplitExamples;
  /** Whether most of its layers stay as they are: a step that changes them all would take gigabytes for large photos. */
  isPretrained: boolean;
  inside: NetworkInside;
}) {
  const { best, dataset, isPretrained, inside } = props;
  return (
    <>
      <OnDemand title={text.training.histograms}>
        {() => (
          <>
            <Group title={text.training.weights} distributions={inside.weights} />
            <Group title={text.training.outputs} distributions={inside.outputs} />
          </>
        )}
      </OnDemand>
      <OnDemand title={text.training.gradientHistograms}>
        {() =>
          isPretrained ? (
            <p class="muted">{text.training.pretrainedGradients}</p>
          ) : (
            <Gradients best={best} dataset={dataset} />
          )
        }
      </OnDemand>
    </>
  );
}

function OnDemand({ title, children }: { title: string; children: () => ComponentChildren }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary>{title}</summary>
      {isOpen && children()}
    </details>
  );
}

function Group({ title, distributions }: { title: string; distributions: readonly Distribution[] }) {
  return (
    <>
      <h3>{title}</h3>
      <div class="histograms">
        {distributions.map((each) => (
          <Histogram key={each.layer} distribution={each} />
        ))}
      </div>
    </>
  );
}

function Gradients({ best, dataset }: { best: SavedModel; dataset: SplitExamples }) {
  const gradients = useResult(
    async (signal) => {
      const found = await weightGradients(best, dataset, signal);
      if (found === undefined || found === 'diverged') return found;
      return { images: found.images, distributions: byLayer(best.model, found.values) };
    },
    [best, dataset],
  );
  if (gradients === undefined) return <p class="muted">{text.training.computingGradients}</p>;
  if (gradients === 'diverged') return <Notice>{text.training.noGradients}</Notice>;
  const { images, distributions } = gradients;
  return (
    <>
      <p class="muted">{text.training.gradientsIntro(images)}</p>
      <Group title={text.training.gradients} distributions={distributions} />
    </>
  );
}
