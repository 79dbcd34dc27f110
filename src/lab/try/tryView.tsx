import { hrefOf } from '../../components/route.js';
import { text } from '../text/text.js';
import type { Lab } from '../useLab.js';
import { ExportCard } from './export/exportCard.js';
import { Playground } from './playground.js';
import { TestCard } from './testCard.js';
import { useClassifier } from './useClassifier.js';

/** What the trained network does with new images. */
export function TryView({ lab }: { lab: Lab }) {
  const { best, task } = lab.training.run;
  const classifier = useClassifier(best);
  if (best === undefined || task === undefined) {
    return (
      <section class="card controls">
        <h1>{text.try.title}</h1>
        <p>{text.try.noModel}</p>
        <p>
          <a class="button primary" href={hrefOf('training')}>
            {text.training.fix(text.views.training)}
          </a>
        </p>
      </section>
    );
  }
  return (
    <div class="try-view">
      <h1 class="visually-hidden">{text.try.title}</h1>
      {classifier !== undefined && (
        <>
          <Playground classifier={classifier} dataset={task.dataset} />
          <TestCard classifier={classifier} dataset={task.dataset} />
        </>
      )}
      <ExportCard saved={best} dataset={task.dataset} />
    </div>
  );
}
