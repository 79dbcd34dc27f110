import { ImageCanvas } from '../imageCanvas.js';
import { DrawingCanvas } from './drawingCanvas.js';
import type { DrawingState } from './useDrawing.js';

/** What is classified: a canvas to draw on, or an image for a model that takes no drawings. */
export function InputCanvas(props: {
  isDrawn: boolean;
  state: DrawingState;
  /** The name of the image. */
  label: string;
  /** Shown while there is no image. */
  prompt: string;
}) {
  const { isDrawn, state, label, prompt } = props;
  const { drawing, movePen, addStroke } = state;
  return isDrawn ? (
    <DrawingCanvas drawing={drawing} onPenMove={movePen} onStroke={addStroke} />
  ) : (
    <ImageCanvas image={drawing.image} label={label} prompt={prompt} />
  );
}
