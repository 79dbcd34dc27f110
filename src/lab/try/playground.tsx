import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Classifier } from '#inkling/index.js';
import { DrawingCanvas } from '../../components/draw/drawingCanvas.js';
import type { Stroke } from '../../components/draw/strokes.js';
import { isEmpty, useDrawing, withStroke } from '../../components/draw/useDrawing.js';
import { ImageCanvas } from '../../components/imageCanvas.js';
import { Notice } from '../../components/notice.js';
import { imageOfStrokes } from '../data/drawnImage.js';
import type { SplitExamples } from '../data/splitExamples.js';
import { text } from '../text/text.js';
import { Explanations } from './explanations.js';
import { ImagePicker } from './imagePicker.js';
import type { Inspection } from './inspect.js';
import { Insights } from './insights.js';
import { Prediction } from './prediction.js';
import { useGradients } from './useGradients.js';
import { useInspection } from './useInspection.js';

/** A canvas to draw on, or an image, with the prediction for it and what explains it. */
export function Playground({ classifier, dataset }: { classifier: Classifier; dataset: SplitExamples }) {
  const { drawing, canUndo, addStroke, showImage, clear, undo } = useDrawing();
  /** The stroke being drawn; undefined while the pen is lifted. */
  const [stroke, setStroke] = useState<Stroke>();
  const [problem, setProblem] = useState('');
  const image = useMemo(() => {
    const { strokes, image: opened } = stroke === undefined ? drawing : withStroke(drawing, stroke);
    if (opened !== undefined) return opened;
    return strokes.length === 0 ? undefined : imageOfStrokes(strokes);
  }, [drawing, stroke]);
  const inspection = useInspection(classifier, image);
  const found = typeof inspection === 'string' ? undefined : inspection;
  const settled = useSettled(found, stroke !== undefined);
  const gradients = useGradients(classifier.saved);
  const isDrawn = classifier.inputKind === 'digit';
  return (
    <>
      <section class="card drawing" aria-label={isDrawn ? text.try.draw : text.try.yourImage}>
        {isDrawn ? (
          <DrawingCanvas
            drawing={drawing}
            onPenMove={setStroke}
            onStroke={(complete) => {
              setStroke(undefined);
              addStroke(complete);
            }}
          />
        ) : (
          <ImageCanvas image={drawing.image} label={text.try.yourImage} prompt={text.try.dropHint} />
        )}
        <div class="button-group tools">
          <button type="button" disabled={!canUndo} onClick={undo}>
            {text.try.undo}
          </button>
          <button type="button" disabled={isEmpty(drawing)} onClick={clear}>
            {text.try.clear}
          </button>
          <ImagePicker onImage={showImage} onProblem={setProblem} />
        </div>
        {problem !== '' && <Notice isError>{problem}</Notice>}
      </section>
      <Prediction
        classifier={classifier}
        inspection={image === undefined ? undefined : inspection}
        isPenDown={stroke !== undefined}
      />
      {found !== undefined && (
        <Explanations classifier={classifier} gradients={gradients} inspection={found} settled={settled} />
      )}
      <Insights classifier={classifier} dataset={dataset} gradients={gradients} inspection={settled} />
    </>
  );
}

/** The inspection when the pen was last lifted: what takes longer is not computed while it moves. */
function useSettled(inspection: Inspection | undefined, isPenDown: boolean): Inspection | undefined {
  const [settled, setSettled] = useState(inspection);
  useEffect(() => {
    if (inspection === undefined || !isPenDown) setSettled(inspection);
  }, [inspection, isPenDown]);
  return settled;
}
