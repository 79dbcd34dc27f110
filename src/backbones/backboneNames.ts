const NAMES = ['resnet-18', 'mobilenet-v2', 'mobilenet-v3-small', 'efficientnet-lite0'] as const;

/** The name of a backbone, which is that of the preset with its layers. */
export type BackboneName = (typeof NAMES)[number];

/** The names of the backbones, apart from their catalog: what only checks a name does not need the catalog. */
export const backboneNames: readonly string[] = NAMES;

/** The name of their weights: what these were trained on, which cannot be downloaded. */
export const IMAGENET = 'imagenet';
