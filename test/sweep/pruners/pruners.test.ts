import { expect, it, test } from 'vitest';
import { successiveHalvingPruner } from '#inkling/sweep/pruners/stopping.js';
import { medianPruner } from '#inkling/sweep/pruners/median.js';
import type { Pruner } from '#inkling/sweep/pruners/pruner.js';
import { type Direction, lastEpoch, type Trial } from '#inkling/sweep/trial.js';

/** Recorded accuracies of 24 trials after 16 epochs. */
const CURVES = [
  [
    0.144, 0.219, 0.235, 0.294, 0.318, 0.354, 0.379, 0.333, 0.334, 0.403, 0.374, 0.403, 0.344, 0.38, 0.403,
    0.364,
  ],
  [
    0.306, 0.429, 0.563, 0.698, 0.796, 0.797, 0.816, 0.855, 0.84, 0.866, 0.891, 0.901, 0.884, 0.887, 0.888,
    0.908,
  ],
  [
    0.108, 0.276, 0.325, 0.382, 0.381, 0.47, 0.477, 0.43, 0.455, 0.492, 0.496, 0.517, 0.477, 0.511, 0.5,
    0.471,
  ],
  [
    0.235, 0.375, 0.448, 0.525, 0.53, 0.581, 0.65, 0.636, 0.628, 0.667, 0.685, 0.686, 0.665, 0.672, 0.679,
    0.702,
  ],
  [
    0.183, 0.325, 0.382, 0.449, 0.548, 0.602, 0.593, 0.593, 0.586, 0.621, 0.665, 0.651, 0.636, 0.663, 0.614,
    0.638,
  ],
  [
    0.282, 0.465, 0.585, 0.702, 0.801, 0.771, 0.866, 0.892, 0.913, 0.912, 0.926, 0.908, 0.915, 0.907, 0.879,
    0.946,
  ],
  [
    0.177, 0.342, 0.439, 0.498, 0.545, 0.595, 0.625, 0.641, 0.64, 0.614, 0.636, 0.635, 0.671, 0.695, 0.691,
    0.692,
  ],
  [0.23, 0.451, 0.56, 0.598, 0.652, 0.694, 0.783, 0.763, 0.766, 0.817, 0.802, 0.785, 0.795, 0.827, 0.8, 0.81],
  [
    0.225, 0.375, 0.499, 0.541, 0.625, 0.666, 0.675, 0.687, 0.764, 0.742, 0.724, 0.76, 0.781, 0.719, 0.72,
    0.732,
  ],
  [
    0.203, 0.408, 0.518, 0.587, 0.616, 0.715, 0.728, 0.724, 0.714, 0.757, 0.744, 0.763, 0.746, 0.773, 0.728,
    0.749,
  ],
  [
    0.309, 0.458, 0.639, 0.691, 0.808, 0.839, 0.846, 0.856, 0.852, 0.933, 0.874, 0.942, 0.957, 0.928, 0.898,
    0.955,
  ],
  [
    0.296, 0.477, 0.603, 0.697, 0.753, 0.837, 0.851, 0.855, 0.864, 0.92, 0.898, 0.92, 0.91, 0.956, 0.96,
    0.891,
  ],
  [
    0.115, 0.259, 0.305, 0.314, 0.335, 0.394, 0.422, 0.44, 0.401, 0.449, 0.437, 0.423, 0.465, 0.406, 0.447,
    0.396,
  ],
  [
    0.156, 0.186, 0.29, 0.32, 0.369, 0.351, 0.364, 0.37, 0.423, 0.407, 0.439, 0.436, 0.377, 0.412, 0.377,
    0.372,
  ],
  [
    0.134, 0.2, 0.255, 0.251, 0.298, 0.329, 0.309, 0.333, 0.311, 0.304, 0.322, 0.374, 0.349, 0.379, 0.343,
    0.329,
  ],
  [
    0.27, 0.375, 0.547, 0.584, 0.644, 0.747, 0.708, 0.744, 0.818, 0.782, 0.765, 0.774, 0.783, 0.826, 0.776,
    0.842,
  ],
  [
    0.201, 0.311, 0.342, 0.395, 0.452, 0.45, 0.513, 0.478, 0.485, 0.569, 0.519, 0.546, 0.537, 0.527, 0.508,
    0.577,
  ],
  [
    0.317, 0.443, 0.588, 0.716, 0.812, 0.824, 0.869, 0.89, 0.874, 0.907, 0.897, 0.897, 0.888, 0.907, 0.965,
    0.923,
  ],
  [
    0.229, 0.404, 0.467, 0.535, 0.588, 0.624, 0.692, 0.714, 0.679, 0.69, 0.713, 0.72, 0.724, 0.699, 0.682,
    0.701,
  ],
  [
    0.108, 0.143, 0.194, 0.275, 0.272, 0.33, 0.318, 0.356, 0.305, 0.337, 0.364, 0.308, 0.38, 0.319, 0.367,
    0.385,
  ],
  [
    0.236, 0.394, 0.549, 0.667, 0.677, 0.767, 0.737, 0.819, 0.763, 0.796, 0.85, 0.847, 0.858, 0.856, 0.85,
    0.846,
  ],
  [
    0.119, 0.185, 0.29, 0.329, 0.326, 0.332, 0.419, 0.416, 0.403, 0.407, 0.436, 0.406, 0.403, 0.4, 0.394,
    0.376,
  ],
  [
    0.209, 0.373, 0.438, 0.536, 0.57, 0.605, 0.642, 0.705, 0.683, 0.692, 0.715, 0.689, 0.674, 0.718, 0.717,
    0.73,
  ],
  [
    0.19, 0.317, 0.363, 0.444, 0.485, 0.494, 0.53, 0.556, 0.594, 0.602, 0.555, 0.589, 0.543, 0.547, 0.583,
    0.613,
  ],
];

/** The epoch after which each trial ends. */
function endsOf(pruner: (direction: Direction) => Pruner, direction: Direction): number[] {
  const prunes = pruner(direction);
  const trials: Trial[] = [];
  for (const [number, curve] of CURVES.entries()) {
    const blank = { number, params: {}, value: undefined, run: undefined, error: undefined };
    let trial: Trial = { ...blank, state: 'running', epochs: new Map() };
    let isPruned = false;
    for (const [index, value] of curve.entries()) {
      if (isPruned) break;
      trial = { ...trial, epochs: new Map([...trial.epochs, [index + 1, value]]) };
      trials[number] = trial;
      isPruned = index + 1 < curve.length && prunes(trial, trials);
    }
    trials[number] = { ...trial, state: isPruned ? 'pruned' : 'complete' };
  }
  return trials.map((trial) => lastEpoch(trial)?.epoch ?? 0);
}

// From MedianPruner() and SuccessiveHalvingPruner(min_resource=1, reduction_factor=3) of Optuna 5.0 for the same accuracies, asked after every epoch but
// the last one.
test.each([
  [
    'median',
    medianPruner,
    'maximize',
    [16, 16, 16, 16, 16, 16, 1, 16, 1, 1, 16, 16, 1, 1, 1, 2, 1, 16, 1, 1, 1, 1, 1, 1],
  ],
  [
    'median',
    medianPruner,
    'minimize',
    [16, 16, 16, 16, 16, 1, 16, 1, 1, 1, 1, 1, 16, 16, 16, 1, 1, 1, 1, 16, 1, 16, 1, 1],
  ],
  [
    'asha-stopping',
    successiveHalvingPruner,
    'maximize',
    [16, 16, 1, 1, 1, 16, 1, 1, 1, 1, 9, 3, 1, 1, 1, 3, 1, 3, 1, 1, 3, 1, 1, 1],
  ],
  [
    'asha-stopping',
    successiveHalvingPruner,
    'minimize',
    [16, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 1, 1, 1, 1, 16, 1, 3, 1, 1],
  ],
] as const)('%s prunes like that of Optuna (%#)', (_, pruner, direction, expected) => {
  expect(endsOf(pruner, direction)).toEqual(expected);
});

it('prunes nothing before the first epoch', () => {
  const trial = { number: 9, params: {}, value: undefined, run: undefined, error: undefined };
  const blank: Trial = { ...trial, state: 'running', epochs: new Map() };
  for (const pruner of [medianPruner, successiveHalvingPruner]) {
    expect(pruner('maximize')(blank, [blank])).toBe(false);
  }
});
