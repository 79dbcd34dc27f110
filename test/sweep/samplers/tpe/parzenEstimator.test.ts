import { expect, it, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { drawTruncatedNormal, logNormalMass } from '#inkling/sweep/samplers/tpe/normal.js';
import { ParzenEstimator } from '#inkling/sweep/samplers/tpe/parzenEstimator.js';
import { spaceOf } from '../../../../bench/sweep/objectives.js';

// From Python's math.erfc.
test.each([
  [-1, 1, -0.38171514630212616],
  [0, 0.5, -1.6530635142555674],
  [-8, -7.5, -31.095579450839747],
  [3.4, 3.6, -8.634734956384404],
  [20, 21, -203.91715537228814],
  [-0.01, 3, -0.6878821486315375],
])('the mass of a normal distribution from %d to %d', (a, b, expected) => {
  expect(logNormalMass(a, b)).toBeCloseTo(expected, 12);
});

it('draws within the bounds, with the mean of a truncated distribution', () => {
  const random = new Random(1);
  const drawn = Array.from({ length: 4000 }, () => drawTruncatedNormal(random, 0, 1, [0, 2]));
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(2);
  // (density(0) - density(2)) / mass(0, 2), with a standard error of 0.008.
  expect(drawn.reduce((sum, each) => sum + each, 0) / drawn.length).toBeCloseTo(0.7228, 1);
});

const distributions = spaceOf(
  { float: [-5, 10] },
  { float: [1e-4, 1], log: true },
  { int: [0, 30], step: 3 },
  { int: [4, 512], log: true },
  { choice: ['x', 'y', 'z'] },
).parameters.map(({ distribution }) => distribution);

const observations = Array.from({ length: 30 }, (_, i) => [
  -5 + 15 * ((i * 0.618034) % 1),
  10 ** (-4 + 4 * ((i * 0.414214) % 1)),
  3 * ((i * 7) % 11),
  4 + ((i * 37) % 509),
  (i * i) % 3,
]);

const points = [
  [0, 0.01, 0, 4, 0],
  [-4.9, 0.9, 12, 100, 1],
  [7.25, 2e-4, 30, 512, 2],
];

// From `_ParzenEstimator.log_pdf` of Optuna 5.0 for the same observations and points.
test.each([
  [30, [-14.83185709791082, -18.08605109086306, -19.827686313129828]],
  [1, [-10.796326994003122, -14.983300514174166, -16.850418803473545]],
  [0, [-11.47903330053288, -14.73322729381016, -16.47486255662681]],
])('the density around %d observations is that of Optuna', (count, expected) => {
  const estimator = new ParzenEstimator(distributions, observations.slice(0, count));
  for (const [index, point] of points.entries()) {
    expect(estimator.logDensity(point)).toBeCloseTo(expected[index], 8);
  }
});

test.each([
  [0, [-2.5458820569988223, -2.319545912211432, -3.1309919636492696]],
  [1, [-2.142215981642998, -2.53431827121496, -2.2030737701821788]],
  [2, [-2.198954682065612, -2.2739844749197733, -2.9434144461602485]],
  [3, [-3.158958781422321, -6.033401930265421, -8.478876662759301]],
  [4, [-1.0986122886681098, -0.7419373447293772, -1.6582280766035324]],
])('the density of parameter %d is that of Optuna', (parameter, expected) => {
  const observed = observations.slice(0, 3).map((values) => [values[parameter]]);
  const estimator = new ParzenEstimator([distributions[parameter]], observed);
  for (const [index, point] of points.entries()) {
    expect(estimator.logDensity([point[parameter]])).toBeCloseTo(expected[index], 8);
  }
});

it('draws values of the distributions, as often as their density says', () => {
  const estimator = new ParzenEstimator(distributions.slice(4), [[1], [1], [0]]);
  const random = new Random(2);
  const drawn = Array.from({ length: 3000 }, () => estimator.draw(random)[0]);
  for (const choice of [0, 1, 2]) {
    const share = drawn.filter((each) => each === choice).length / drawn.length;
    expect(Math.abs(share - Math.exp(estimator.logDensity([choice])))).toBeLessThan(0.03);
  }
});
