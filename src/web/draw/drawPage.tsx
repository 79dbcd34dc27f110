import { useMemo, useState } from 'preact/hooks';
import type { PageModel } from '../pageModel.js';
import { ProbabilityBars } from '../ui/probabilityBars.js';
import { DrawingCanvas } from './drawingCanvas.js';
import { FeatureMapsPanel } from './featureMapsPanel.js';
import { ImageCanvas } from './imageCanvas.js';
import { ModelInputPanel } from './modelInputPanel.js';
import { predictDrawing, promptOf } from './predictDrawing.js';
import { PredictionHeadline } from './predictionHeadline.js';
import type { Stroke } from './strokes.js';
import { Toolbar } from './toolbar.js';
import { isEmpty, useDrawing, withStroke } from './useDrawing.js';

/** A canvas to draw on, or an image, with the model's prediction for it. */
export function DrawPage({ model }: { model: PageModel }) {
  const { drawing, canUndo, addStroke, showImage, clear, undo } = useDrawing();
  /** The stroke being drawn; undefined while the pen is lifted. */
  const [stroke, setStroke] = useState<Stroke>();
  const isPenDown = stroke !== undefined;
  const result = useMemo(
    () => predictDrawing(model, stroke === undefined ? drawing : withStroke(drawing, stroke)),
    [model, drawing, stroke],
  );
  const prediction = typeof result === 'string' ? undefined : result;

  return (
    <div class="draw-page">
      <h1 class="visually-hidden">{promptOf(model)}</h1>
      <section class="card drawing" aria-label="Drawing">
        {model.inputKind === 'image' ? (
          <ImageCanvas image={drawing.image} />
        ) : (
          <DrawingCanvas
            drawing={drawing}
            onPenMove={setStroke}
            onStroke={(complete) => {
              setStroke(undefined);
              addStroke(complete);
            }}
          />
        )}
        <Toolbar
          canUndo={canUndo}
          canClear={!isEmpty(drawing)}
          onUndo={undo}
          onClear={clear}
          onImage={showImage}
        />
      </section>
      <section class="card prediction" aria-label="Prediction">
        <PredictionHeadline model={model} result={result} isPenDown={isPenDown} />
        <ProbabilityBars classes={model.classes} probabilities={prediction?.probabilities} />
      </section>
      <ModelInputPanel model={model} prediction={prediction} isPenDown={isPenDown} />
      <FeatureMapsPanel featureMaps={prediction?.featureMaps ?? []} />
    </div>
  );
}
