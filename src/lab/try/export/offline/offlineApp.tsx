import { useMemo, useState } from 'preact/hooks';
import type { Classifier } from '#inkling/index.js';
import { InputCanvas } from '../../../../components/draw/inputCanvas.js';
import { isEmpty, useDrawing } from '../../../../components/draw/useDrawing.js';
import { messageOf } from '../../../../components/format.js';
import { Headline } from '../../../../components/headline.js';
import { Notice } from '../../../../components/notice.js';
import { ProbabilityBars } from '../../../../components/probabilityBars.js';
import { imageOfDrawing } from '../../../data/drawnImage.js';
import { describe } from '../../describe.js';
import { useInspection } from '../../useInspection.js';
import type { OfflineTexts } from './offlineTexts.js';

/** A page that classifies drawings and images with the model in its own file. */
export function OfflineApp({ classifier, texts }: { classifier: Classifier; texts: OfflineTexts }) {
  const state = useDrawing();
  const { drawing, shown, isPenDown, canUndo, showImage, clear, undo } = state;
  const [problem, setProblem] = useState('');
  const image = useMemo(() => imageOfDrawing(shown), [shown]);
  const inspection = useInspection(classifier, image);
  const open = (file: File | undefined) => {
    if (file === undefined) return;
    setProblem('');
    createImageBitmap(file).then(
      (opened) => {
        showImage(opened, file);
      },
      (error: unknown) => {
        setProblem(`${file.name}: ${messageOf(error)}`);
      },
    );
  };
  return (
    <main
      class="offline"
      onDragOver={(event) => {
        event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        open(event.dataTransfer?.files[0]);
      }}
    >
      <h1>{texts.title}</h1>
      <section class="card prediction">
        <Headline
          text={describe(classifier, image === undefined ? undefined : inspection, texts)}
          isPenDown={isPenDown}
        />
      </section>
      <section class="card drawing" aria-label={texts.draw}>
        <InputCanvas
          isDrawn={classifier.inputKind === 'digit'}
          state={state}
          label={texts.yourImage}
          prompt={texts.open}
        />
        <div class="button-group tools">
          <button type="button" disabled={!canUndo} onClick={undo}>
            {texts.undo}
          </button>
          <button type="button" disabled={isEmpty(drawing)} onClick={clear}>
            {texts.clear}
          </button>
          <label class="file">
            {texts.open}{' '}
            <input
              type="file"
              accept="image/*"
              onChange={({ currentTarget }) => {
                open(currentTarget.files?.[0]);
              }}
            />
          </label>
        </div>
        {problem !== '' && <Notice isError>{problem}</Notice>}
      </section>
      <section class="card bars">
        <ProbabilityBars
          classes={classifier.labels}
          probabilities={
            image === undefined || typeof inspection === 'string' ? undefined : inspection?.probabilities
          }
        />
      </section>
      <p class="muted">{texts.offlineNote}</p>
    </main>
  );
}
