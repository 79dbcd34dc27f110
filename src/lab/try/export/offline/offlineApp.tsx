import { useMemo, useState } from 'preact/hooks';
import type { Classifier } from '#inkling/index.js';
import { DrawingCanvas } from '../../../../components/draw/drawingCanvas.js';
import type { Stroke } from '../../../../components/draw/strokes.js';
import { isEmpty, useDrawing, withStroke } from '../../../../components/draw/useDrawing.js';
import { messageOf } from '../../../../components/format.js';
import { Headline } from '../../../../components/headline.js';
import { ImageCanvas } from '../../../../components/imageCanvas.js';
import { Notice } from '../../../../components/notice.js';
import { ProbabilityBars } from '../../../../components/probabilityBars.js';
import { imageOfStrokes } from '../../../data/drawnImage.js';
import { describe } from '../../describe.js';
import { useInspection } from '../../useInspection.js';
import type { OfflineTexts } from './offlineTexts.js';

/** A page that classifies drawings and images with the model in its own file. */
export function OfflineApp({ classifier, texts }: { classifier: Classifier; texts: OfflineTexts }) {
  const { drawing, canUndo, addStroke, showImage, clear, undo } = useDrawing();
  const [stroke, setStroke] = useState<Stroke>();
  const [problem, setProblem] = useState('');
  const image = useMemo(() => {
    const { strokes, image: opened } = stroke === undefined ? drawing : withStroke(drawing, stroke);
    if (opened !== undefined) return opened;
    return strokes.length === 0 ? undefined : imageOfStrokes(strokes);
  }, [drawing, stroke]);
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
    <main class="offline">
      <h1>{texts.title}</h1>
      <section class="card prediction">
        <Headline
          text={describe(classifier, image === undefined ? undefined : inspection, texts)}
          isPenDown={stroke !== undefined}
        />
      </section>
      <section class="card drawing" aria-label={texts.draw}>
        {classifier.inputKind === 'digit' ? (
          <DrawingCanvas
            drawing={drawing}
            onPenMove={setStroke}
            onStroke={(complete) => {
              setStroke(undefined);
              addStroke(complete);
            }}
          />
        ) : (
          <ImageCanvas image={drawing.image} label={texts.yourImage} prompt={texts.open} />
        )}
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
