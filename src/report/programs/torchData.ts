import { termsOf } from '../../data/catalog/terms.js';
import { fileNameFrom } from '../../core/files/fileName.js';
import type { ReportRun } from '../reportRun.js';
import { rateLines } from './torchRates.js';

/** The classes of torchvision that read the same images, by the name of the data set. */
const TORCHVISION: Readonly<Record<string, string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'FashionMNIST',
  kmnist: 'KMNIST',
  'cifar-10': 'CIFAR10',
};

/** The lines of a PyTorch program that load the images and split them. */
export function torchData(run: ReportRun): string {
  const { dataset } = run.summary;
  // A folder with other images may have the same name.
  const isKnown = termsOf(dataset) !== undefined && Object.hasOwn(TORCHVISION, dataset.name);
  const source = isKnown ? TORCHVISION[dataset.name] : undefined;
  const imports = [
    'import copy',
    ...(rateLines(run.config).some((line) => line.includes('math.')) ? ['import math'] : []),
    'from collections import OrderedDict',
    '',
    ...(source === undefined ? ['import numpy'] : []),
    'import torch',
    'from torch import nn',
    'from torch.nn.functional import cross_entropy',
    'from torch.utils.data import DataLoader, Subset, TensorDataset, random_split',
    ...(source === undefined ? [] : ['from torchvision import datasets']),
  ];
  const load = source === undefined ? loadArchive(dataset.name, dataset.shape) : loadTorchvision(source);
  return [...imports, '', '', ...load, '', '', ...splitLines(run), 'test_set = load("test")'].join('\n');
}

const DOCSTRING = '    """Images, [count, channels, height, width] from 0 to 1, and labels."""';

function loadTorchvision(name: string): string[] {
  const images =
    name === 'CIFAR10' ? 'torch.from_numpy(data.data).permute(0, 3, 1, 2)' : 'data.data.unsqueeze(1)';
  return [
    'def load(part):',
    DOCSTRING,
    `    data = datasets.${name}("data", train=part == "train", download=True)`,
    `    images = ${images} / 255`,
    '    return TensorDataset(images, torch.as_tensor(data.targets))',
  ];
}

function loadArchive(name: string, shape: readonly number[]): string[] {
  return [
    'def load(part):',
    DOCSTRING,
    `    archive = numpy.load("${fileNameFrom(name)}.npz")`,
    `    images = torch.from_numpy(archive[f"x_{part}"]).reshape(-1, ${shape.join(', ')})`,
    '    labels = torch.from_numpy(archive[f"y_{part}"]).long()',
    '    return TensorDataset(images.permute(0, 3, 1, 2) / 255, labels)',
  ];
}

/** The validation images as the data set defines them, or drawn at random. */
function splitLines({ config, summary: { dataset } }: ReportRun): string[] {
  const { train, validation, validationSplit } = dataset;
  if (validationSplit === 'predefined') {
    return [
      'images = load("train")',
      `train_set = Subset(images, range(${train}))`,
      `validation_set = Subset(images, range(${train}, ${train + validation}))`,
    ];
  }
  return [
    'train_set, validation_set = random_split(',
    `    load("train"), [${train}, ${validation}],`,
    `    generator=torch.Generator().manual_seed(${config.splitSeed}),`,
    ')',
  ];
}
