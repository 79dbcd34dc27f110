import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Classifier } from '#inkling/index.js';
import { InputCanvas } from '../../components/draw/inputCanvas.js';
import { isEmpty, useDrawing } from '../../components/draw/useDrawing.js';
import { Notice } from '../../components/notice.js';
import { imageOfDrawing } from '../data/drawnImage.js';
import type { SplitExamples } from '../data/splitExamples.js';
import { text } from '../text/text.js';
import { CameraPicker } from './cameraPicker.js';
import { Explanations } from './explanations.js';
import { ImagePicker } from './imagePicker.js';
import type { Inspection } from './inspect.js';
import { Insights } from './insights.js';
import { Prediction } from './prediction.js';
import { useGradients } from './useGradients.js';
import { useInspection } from './useInspection.js';

/** A canvas to draw on, or an image, with the prediction for it and what explains it. */
export function Playground({ classifier, dataset }: { classifier: Classifier; dataset: SplitExamples }) {
  const state = useDrawing();
  const { drawing, shown, isPenDown, canUndo, showImage, clear, undo } = state;
  const [problem, setProblem] = useState('');
  const image = useMemo(() => imageOfDrawing(shown), [shown]);
  const inspection = useInspection(classifier, image);
  const found = typeof inspection === 'string' ? undefined : inspection;
  const settled = useSettled(found, isPenDown);
  const gradients = useGradients(classifier.saved);
  const isDrawn = classifier.inputKind === 'digit';
  return (
    <>
      <section class="card drawing" aria-label={isDrawn ? text.try.draw : text.try.yourImage}>
        <InputCanvas isDrawn={isDrawn} state={state} label={text.try.yourImage} prompt={text.try.dropHint} />
        <div class="button-group tools">
          <button type="button" disabled={!canUndo} onClick={undo}>
            {text.try.undo}
          </button>
          <button type="button" disabled={isEmpty(drawing)} onClick={clear}>
            {text.try.clear}
          </button>
          <ImagePicker onImage={showImage} onProblem={setProblem} />
        </div>
        {!isDrawn && <CameraPicker onImage={showImage} />}
        {problem !== '' && <Notice isError>{problem}</Notice>}
      </section>
      <Prediction
        classifier={classifier}
        inspection={image === undefined ? undefined : inspection}
        isPenDown={isPenDown}
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
