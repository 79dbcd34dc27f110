import { useState } from 'preact/hooks';
import { DrawingCanvas } from '../../components/draw/drawingCanvas.js';
import { boundingSquareOf, type Stroke } from '../../components/draw/strokes.js';
import { isEmpty, useDrawing } from '../../components/draw/useDrawing.js';
import { messageOf } from '../../components/format.js';
import { text } from '../text/text.js';
import { undoKeyOf } from '../undoKeys.js';
import { imageOfStrokes } from './drawnImage.js';
import { exampleOf } from './readExamples.js';

/** Strokes within a smaller square than this fraction of the canvas were an accident. */
const MIN_SIDE = 0.1;

/** A canvas to draw one example after another. */
export function DrawingPad(props: { className: string; onAdd: (images: readonly Uint8Array[]) => void }) {
  const { className, onAdd } = props;
  const { drawing, canUndo, addStroke, clear, undo } = useDrawing();
  const [problem, setProblem] = useState('');
  const add = async () => {
    const { strokes } = drawing;
    const found = problemOf(strokes);
    setProblem(found);
    if (found !== '') return;
    clear();
    try {
      onAdd([await exampleOf(imageOfStrokes(strokes), 'drawing')]);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <div
      onKeyDown={(event) => {
        if (!(event.target instanceof HTMLCanvasElement)) return;
        if (event.key === 'Enter') void add();
        // What is being drawn comes before the examples.
        if (undoKeyOf(event) === 'undo' && !isEmpty(drawing)) {
          event.preventDefault();
          undo();
        }
      }}
    >
      <DrawingCanvas drawing={drawing} onPenMove={() => undefined} onStroke={addStroke} />
      <div class="button-group tools">
        <button
          type="button"
          class="primary"
          onClick={() => {
            void add();
          }}
        >
          {text.data.add(className)}
        </button>
        <button type="button" disabled={!canUndo || isEmpty(drawing)} onClick={undo}>
          {text.data.undo}
        </button>
        <button type="button" disabled={isEmpty(drawing)} onClick={clear}>
          {text.data.clear}
        </button>
      </div>
      <p class="muted" role="status">
        {problem === '' ? text.data.addHint : problem}
      </p>
    </div>
  );
}

/** Why strokes are not an example; empty if they are one. */
function problemOf(strokes: readonly Stroke[]): string {
  if (strokes.length === 0) return text.data.empty;
  return boundingSquareOf(strokes).side < MIN_SIDE ? text.data.tooSmall : '';
}
