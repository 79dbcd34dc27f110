import { inputKindOfModel, type SavedModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import { spatialLayers } from './spatialLayers.js';

export const CAM_METHODS = ['layer-cam', 'grad-cam'] as const;
/** Methods that multiply the output of a layer by gradients: class activation maps. */
export type CamMethod = (typeof CAM_METHODS)[number];

export const SALIENCY_METHODS = [...CAM_METHODS, 'gradient', 'occlusion'] as const;
/** How a prediction is explained. */
export type SaliencyMethod = (typeof SALIENCY_METHODS)[number];

/** What each is called. */
export const METHOD_TITLES: Readonly<Record<SaliencyMethod, string>> = {
  'layer-cam': 'LayerCAM',
  'grad-cam': 'Grad-CAM',
  gradient: 'Gradient',
  occlusion: 'Occlusion',
};

/** The methods that explain a model: class activation maps need a layer that outputs an image. */
export function methodsFor({ model }: Pick<SavedModel, 'model'>): readonly SaliencyMethod[] {
  return spatialLayers(resolveModel(model)).length > 0 ? SALIENCY_METHODS : ['gradient', 'occlusion'];
}

/** LayerCAM for photos, for which occlusion takes some 150 predictions of a large network; otherwise occlusion. */
export function defaultMethod(saved: Pick<SavedModel, 'model' | 'inputKind'>): SaliencyMethod {
  const hasMaps = methodsFor(saved).includes('layer-cam');
  return inputKindOfModel(saved) === 'photo' && hasMaps ? 'layer-cam' : 'occlusion';
}
