import { useMemo, useState } from 'preact/hooks';
import type { PageModel } from '../pageModel.js';
import { ProbabilityBars } from '../ui/probabilityBars.js';
import { FeatureMapsPanel } from './featureMapsPanel.js';
import { isEmpty, useDrawing, withStroke } from './useDrawing.js';
import { predictDrawing, promptOf } from './predictDrawing.js';
import { DrawingCanvas } from './drawingCanvas.js';
import { ImageCanvas } from './imageCanvas.js';
import { ModelInputPanel } from './modelInputPanel.js';
import type { Stroke } from './strokes.js';
import { Toolbar } from './toolbar.js';
import { PredictionHeadline } from './predictionHeadline.js';

/** A paper to draw on or to show a picture on, and beside it what the network makes of it. */
export function DrawPage({ reader }: { reader: PageModel }) {
  const { drawing, canUndo, add, show, clear, undo } = useDrawing();
  /** The stroke under way. */
  const [pen, setPen] = useState<Stroke>();
  const look = useMemo(
    () => predictDrawing(reader, pen === undefined ? drawing : withStroke(drawing, pen)),
    [reader, drawing, pen],
  );
  const isSettled = pen === undefined;
  const seen = typeof look === 'string' ? undefined : look;

  return (
    <div class="draw">
      <h1 class="hidden">{promptOf(reader)}</h1>
      <section class="card desk" aria-label="Drawing">
        {reader.inputKind === 'image' ? (
          <ImageCanvas picture={drawing.picture} />
        ) : (
          <DrawingCanvas
            drawing={drawing}
            onPen={setPen}
            onStroke={(stroke) => {
              setPen(undefined);
              add(stroke);
            }}
          />
        )}
        <Toolbar
          canUndo={canUndo}
          canClear={!isEmpty(drawing)}
          onUndo={undo}
          onClear={clear}
          onPicture={show}
        />
      </section>
      <section class="card answer" aria-label="Answer">
        <PredictionHeadline reader={reader} look={look} isSettled={isSettled} />
        <ProbabilityBars classes={reader.classes} probabilities={seen?.probabilities} />
      </section>
      <ModelInputPanel reader={reader} look={seen} isSettled={isSettled} />
      <FeatureMapsPanel featureMaps={seen?.featureMaps ?? []} />
    </div>
  );
}
