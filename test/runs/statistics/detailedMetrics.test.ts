import { describe, expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { rankingCurves, thinned } from '#inkling/runs/statistics/curves.js';
import { detailedMetrics } from '#inkling/runs/statistics/detailedMetrics.js';
import { labelMetricsOf } from '#inkling/runs/statistics/labelMetrics.js';
import { riskCoverage } from '#inkling/runs/statistics/riskCoverage.js';

/*
 * 300 images of 5 classes, from a formula that any language computes. The expected values are those of scikit-learn 1.9.1 for the same
 * arrays: precision_recall_fscore_support(zero_division=0), balanced_accuracy_score, cohen_kappa_score, matthews_corrcoef,
 * top_k_accuracy_score, roc_auc_score(multi_class="ovr" or average="micro"), average_precision_score, log_loss, brier_score_loss; and, of
 * their definitions in NumPy, the expected calibration error of 15 bins and the area under the risk-coverage curve.
 */
const CLASSES = 5;
const labels = Array.from({ length: 300 }, (_, i) => (i * i + Math.floor(i / 7)) % CLASSES);
const probabilities = labels.flatMap((label, i) => {
  const powers = Array.from({ length: CLASSES }, (_, j) =>
    Math.exp(2 * Math.sin(1.7 * i + 2.3 * j * j) + (j === label ? 2.5 : 0)),
  );
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
});

const plain = detailedMetrics(probabilities, labels);
const scaled = detailedMetrics(probabilities, labels, { temperature: 1.7 });

test.each([
  ['accuracy', plain.accuracy, 0.6533333333333333],
  ['macro precision', plain.macro.precision, 0.6625398344738318],
  ['macro recall', plain.macro.recall, 0.6547885460427834],
  ['macro F1', plain.macro.f1, 0.6553142223785466],
  ['weighted precision', plain.weighted.precision, 0.6693983078505261],
  ['weighted recall', plain.weighted.recall, 0.6533333333333333],
  ['weighted F1', plain.weighted.f1, 0.658298804343429],
  ['balanced accuracy', plain.balancedAccuracy, 0.6547885460427834],
  ['kappa', plain.cohensKappa, 0.5656531907784832],
  ['Matthews', plain.matthewsCorrelation, 0.5672725559696425],
  ['top 2', plain.topK[0].accuracy, 0.7633333333333333],
  ['top 3', plain.topK[1].accuracy, 0.9133333333333333],
  ['macro AUC', plain.rocAuc.macro, 0.9108662556372641],
  ['micro AUC', plain.rocAuc.micro, 0.9112694444444445],
  ['AUC of class 0', plain.rocAuc.perClass[0], 0.8922383922383923],
  ['AUC of class 4', plain.rocAuc.perClass[4], 0.8608800000000001],
  ['macro average precision', plain.averagePrecision.macro, 0.803771990386155],
  ['micro average precision', plain.averagePrecision.micro, 0.7922411301607111],
  ['log loss', plain.uncalibrated.logLoss, 0.8151354226269703],
  ['Brier score', plain.uncalibrated.brierScore, 0.4186578269394318],
  ['ECE', plain.uncalibrated.expectedCalibrationError, 0.14715224803145247],
  ['AURC', plain.riskCoverage.area, 0.09841202399696267],
  ['calibrated macro AUC', scaled.rocAuc.macro, 0.9058334441397747],
  ['calibrated micro AUC', scaled.rocAuc.micro, 0.9044916666666666],
  ['calibrated macro average precision', scaled.averagePrecision.macro, 0.8010052950715923],
  ['log loss before calibration', scaled.uncalibrated.logLoss, 0.8151354226269703],
  ['calibrated log loss', scaled.calibrated?.logLoss, 0.9124683809047042],
  ['calibrated Brier score', scaled.calibrated?.brierScore, 0.45638788669114794],
  ['calibrated ECE', scaled.calibrated?.expectedCalibrationError, 0.19968093131753273],
  ['calibrated AURC', scaled.riskCoverage.area, 0.0987476748678584],
])('the %s is that of scikit-learn', (_name, value, expected) => {
  expect(value).toBeCloseTo(expected, 10);
});

test('bins contain every image, and the mean confidence of those in them', () => {
  const { reliability, expectedCalibrationError } = plain.uncalibrated;
  expect(reliability).toHaveLength(15);
  expect(reliability.reduce((sum, { images }) => sum + images, 0)).toBe(300);
  for (const { low, high, images, confidence } of reliability.filter((bin) => bin.images > 0)) {
    expect(confidence).toBeGreaterThan(low);
    expect(confidence).toBeLessThanOrEqual(high);
    expect(images).toBeGreaterThan(0);
  }
  const gaps = reliability.map(({ images, correct, confidence }) => Math.abs(correct - images * confidence));
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / 300).toBeCloseTo(expectedCalibrationError, 12);
});

describe('curves', () => {
  // scikit-learn: roc_curve(drop_intermediate=False), precision_recall_curve, roc_auc_score, average_precision_score of the scores
  // .9 .8 .8 .8 .5 .5 .1 .1 with the labels 1 1 0 1 0 1 0 0
  const curves = rankingCurves({
    positives: Float64Array.of(0.5, 0.8, 0.8, 0.9),
    negatives: Float64Array.of(0.1, 0.1, 0.5, 0.8),
  });

  test('take equal scores as one threshold, like scikit-learn', () => {
    expect(curves?.rocAuc).toBeCloseTo(0.84375, 12);
    expect(curves?.averagePrecision).toBeCloseTo(0.7916666666666666, 12);
    expect(curves?.roc.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [0, 0.25],
      [0.25, 0.75],
      [0.5, 1],
      [1, 1],
    ]);
    expect(curves?.precisionRecall.map(({ x, y }) => [x, y])).toEqual([
      [0.25, 1],
      [0.75, 0.75],
      [1, 4 / 6],
      [1, 0.5],
    ]);
  });

  test('are undefined for a class that no image, or every image, belongs to', () => {
    const without = detailedMetrics([0.7, 0.2, 0.1, 0.1, 0.8, 0.1], [0, 1]);
    expect(without.rocAuc).toMatchObject({ perClass: [1, 1, undefined], macro: 1 });
    expect(without.roc.perClass[2]).toEqual([]);
    expect(detailedMetrics([0.9, 0.1], [0]).rocAuc).toEqual({
      perClass: [undefined, undefined],
      macro: undefined,
      micro: 1,
    });
  });

  test('are drawn from few points, with both ends', () => {
    const points = Array.from({ length: 5000 }, (_, i) => ({ x: i / 4999, y: (i / 4999) ** 0.2 }));
    const drawn = thinned(points, 100);
    expect(drawn.length).toBeLessThanOrEqual(100);
    expect(drawn.length).toBeGreaterThan(10);
    expect([drawn[0], drawn.at(-1)]).toEqual([points[0], points[4999]]);
    // scikit-learn: the mean over the classes of the true positive rate before the first false positive.
    expect(plain.roc.macro[0]).toEqual({ x: 0, y: expect.closeTo(0.6002045487469216, 12) as number });
    expect(plain.roc.macro.at(-1)).toEqual({ x: 1, y: 1 });
  });
});

test('classes without images or predictions count as in scikit-learn', () => {
  // scikit-learn: [0, 0, 1] predicted as [0, 0, 0]; balanced_accuracy_score([0, 0, 2], [0, 1, 1]) is 0.25
  const constant = labelMetricsOf([
    [2, 0],
    [1, 0],
  ]);
  expect(constant.macro).toEqual({ precision: 1 / 3, recall: 0.5, f1: 0.4 });
  expect(constant).toMatchObject({ cohensKappa: 0, matthewsCorrelation: 0 });
  const absent = labelMetricsOf([
    [1, 1, 0],
    [0, 0, 0],
    [0, 1, 0],
  ]);
  expect(absent.balancedAccuracy).toBe(0.25);
  expect(labelMetricsOf([[3]]).cohensKappa).toBeUndefined();
});

test('predictions of the same confidence share their errors in the risk-coverage curve', () => {
  const { curve, area } = riskCoverage(Float64Array.of(0.5, 0.9, 0.5, 0.5), (image) => image !== 2);
  expect(curve).toEqual([
    { x: 0.25, y: 0 },
    { x: 1, y: 0.25 },
  ]);
  // Errors among the first 1, 2, 3, and 4: 0, 1/3, 2/3, 1.
  expect(area).toBeCloseTo((0 + 1 / 6 + 2 / 9 + 1 / 4) / 4, 12);
});

test('probabilities that were rounded to zero have a finite loss', () => {
  const { uncalibrated, calibrated } = detailedMetrics([0, 1, 1, 0], [0, 0], { temperature: 2 });
  expect(uncalibrated.logLoss).toBeCloseTo((149 * Math.LN2) / 2, 8);
  expect(calibrated?.logLoss).toBeCloseTo((149 * Math.LN2) / 4, 8);
});

test('rejects what does not belong together', () => {
  const error = (message: string) => new UsageError(`detailedMetrics: ${message}`);
  const expected =
    'expected at least one image, and for each image a probability of each of two or more classes, got ';
  const remedy = '; pass the probabilities of the labeled images';
  expect(() => detailedMetrics([0.5, 0.5, 1], [0, 1])).toThrow(
    error(`${expected}3 probabilities for 2 labels${remedy}`),
  );
  expect(() => detailedMetrics([0.5, 0.5], [2])).toThrow(
    error(`${expected}the class 2 at index 0, of 2 classes${remedy}`),
  );
  expect(() => detailedMetrics([], [])).toThrow(error(`${expected}0 probabilities for 0 labels${remedy}`));
  expect(() => detailedMetrics([0.5, 0.5], [0], { temperature: 0 })).toThrow(
    error('temperature: expected a number above 0, got 0'),
  );
});
