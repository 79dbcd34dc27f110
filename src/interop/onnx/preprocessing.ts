import type { InputKind } from '../../images/inputKind.js';
import { coverSide } from '../../images/resize/coverSide.js';
import type { Model } from '../../models/model.js';
import { PREPROCESSING } from '../checkpoint.js';

/**
 * How an image file becomes the input of a model, for programs that read its ONNX file: sizes are `[height, width]` in pixels. For a digit,
 * `normalize` stands for steps that are not described here.
 */
export function preprocessingOf(inputKind: InputKind, [height, width, channels]: Model['input']): object {
  const common = { ...PREPROCESSING, colors: channels === 1 ? 'luma' : 'RGB' };
  switch (inputKind) {
    case 'photo':
      return {
        ...common,
        resize: { cover: [coverSide(height), coverSide(width)], filter: 'bicubic' },
        centerCrop: [height, width],
      };
    case 'image':
      return { ...common, centerCrop: 'aspect', resize: { to: [height, width], filter: 'area' } };
    case 'digit':
      return { ...common, normalize: 'MNIST' };
  }
}
