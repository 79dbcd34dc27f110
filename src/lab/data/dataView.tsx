import { useCallback, useState } from 'preact/hooks';
import { Choice } from '../../components/choice.js';
import { Notice } from '../../components/notice.js';
import { NextLink } from '../nextLink.js';
import { text } from '../text/text.js';
import { useUndoKeys } from '../undoKeys.js';
import type { Lab } from '../useLab.js';
import { CameraCard } from './camera/cameraCard.js';
import { ClassCard } from './classCard.js';
import { addExamples, MAX_CLASSES, MIN_CLASSES, MIN_EXAMPLES } from './collection.js';
import { DrawingPad } from './drawingPad.js';
import { FilePicker } from './filePicker.js';
import { SourceCard } from './sourceCard.js';
import { SplitCard } from './splitCard.js';
import { countTraining, type SplitExamples } from './splitExamples.js';
import { useImport } from './useImport.js';

/** Examples by class: drawn, opened, or generated. */
export function DataView({ lab }: { lab: Lab }) {
  const { value: collection, change } = lab.collection;
  const { classes, kind } = collection;
  const [targetId, setTargetId] = useState(classes.at(0)?.id);
  const target = classes.find(({ id }) => id === targetId) ?? classes.at(0);
  const [selected, setSelected] = useState<number>();
  const className = target?.name ?? text.data.newClass(1);
  useUndoKeys(lab.collection);
  const { open, progress, problems, notice } = useImport(lab.collection, className);
  const add = useCallback(
    (images: readonly Uint8Array[]) => {
      // What is prepared in the meantime may be replaced by examples of another kind.
      change((before) =>
        before.kind === kind ? addExamples(before, [{ name: className, images }]) : before,
      );
    },
    [change, kind, className],
  );
  const addClass = () => {
    let n = classes.length + 1;
    while (classes.some(({ name }) => name === text.data.newClass(n))) n++;
    change((before) => addExamples(before, [{ name: text.data.newClass(n), images: [] }]));
  };

  return (
    <div class="data-view">
      <SourceCard history={lab.collection} />
      <section class="card pad" aria-label={kind === 'drawing' ? text.data.draw : text.data.chooseImages}>
        <Choice
          class="target"
          label={text.data.addTo}
          value={target?.id}
          options={classes.map(({ id, name }) => [id, name])}
          onChange={setTargetId}
        />
        {kind === 'drawing' && <DrawingPad className={className} onAdd={add} />}
        {kind !== 'drawing' && <CameraCard kind={kind} className={className} onPictures={add} />}
        <FilePicker onFiles={open} />
        {progress !== undefined && <Notice>{text.data.reading(progress.done, progress.total)}</Notice>}
        {notice !== undefined && <Notice>{notice}</Notice>}
        {problems !== undefined && <Notice isError>{problems}</Notice>}
      </section>
      <div class="classes">
        {classes.map((each) => (
          <ClassCard
            key={each.id}
            collection={collection}
            own={each}
            isTarget={each === target}
            selected={selected}
            onSelect={setSelected}
            onChange={change}
          />
        ))}
        {classes.length < MAX_CLASSES && (
          <button type="button" class="add-class" onClick={addClass}>
            {text.data.addClass}
          </button>
        )}
      </div>
      {lab.dataset !== undefined && <SplitCard collection={collection} onChange={change} />}
      <NextLink to="network" isReady={lab.dataset !== undefined}>
        {lab.dataset === undefined
          ? text.data.notReady(MIN_CLASSES, MIN_EXAMPLES)
          : text.data.ready(lab.dataset.classes.length, partsOf(lab.dataset))}
      </NextLink>
    </div>
  );
}

function partsOf(dataset: SplitExamples) {
  return {
    train: countTraining(dataset),
    validation: dataset.validationCount,
    test: dataset.test.labels.length,
  };
}
