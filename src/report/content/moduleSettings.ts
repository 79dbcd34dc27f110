import { formatShape, type Pair } from '../../core/shape.js';
import type { Layer } from '../../layers/index.js';

/** What a module has been set to, as far as it has windows or numbers of its own: `3×3, stride 1, padding 2`. */
export function moduleSettings(layer: Layer): string {
  return partsOf(layer).join(', ');
}

function partsOf(layer: Layer): string[] {
  switch (layer.type) {
    case 'conv2d': {
      const { kernel, stride = 1, padding = 0, dilation = 1, groups = 1 } = layer;
      return [
        sides(kernel),
        `stride ${short(stride)}`,
        `padding ${padding === 'same' ? padding : short(padding)}`,
        ...(short(dilation) === '1' ? [] : [`dilation ${short(dilation)}`]),
        ...(groups === 1 ? [] : [`${groups} groups`]),
      ];
    }
    case 'maxPool2d':
    case 'avgPool2d': {
      const { kernel, stride = kernel } = layer;
      const padding = short(('padding' in layer ? layer.padding : undefined) ?? 0);
      return [sides(kernel), `stride ${short(stride)}`, ...(padding === '0' ? [] : [`padding ${padding}`])];
    }
    case 'batchNorm1d':
    case 'batchNorm2d':
      return layer.epsilon === undefined ? [] : [`δ = ${layer.epsilon}`];
    case 'dropout':
      return [`probability ${layer.probability}`];
    default:
      return [];
  }
}

const sides = (size: number | Pair) => formatShape(typeof size === 'number' ? [size, size] : size);

/** `2`, or `1×2` where both directions differ. */
function short(size: number | Pair): string {
  if (typeof size === 'number') return String(size);
  return size[0] === size[1] ? String(size[0]) : formatShape(size);
}
