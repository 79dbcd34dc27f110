import { expect, test } from 'vitest';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { Explainer } from '#inkling/explain/explainer.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { makeReport } from '#inkling/report/content/report.js';
import { explainExamples } from '#inkling/report/explanations.js';
import { trainForReport } from '../helpers/reportRuns.js';

const runs = trainForReport();

test('explains correct predictions, of different classes first, and errors, by each method', async () => {
  const { cnn } = runs();
  const { saved } = cnn;
  const { labels, predictions, examples } = cnn.predictionRecord;
  const explained = await explainExamples(saved, cnn.predictionRecord);
  const isCorrect = explained.map(({ prediction: { image } }) => predictions[image] === labels[image]);
  expect(isCorrect).toEqual([true, true, true, false, false, false]);
  // The most confident errors, as they are recorded.
  const errors = examples.filter(({ image }) => predictions[image] !== labels[image]);
  expect(explained.slice(3).map(({ prediction }) => prediction)).toEqual(errors.slice(0, 3));
  const classes = explained.slice(0, 3).map(({ prediction: { image } }) => labels[image]);
  const known = new Set(
    examples.filter(({ image }) => predictions[image] === labels[image]).map(({ image }) => labels[image]),
  );
  expect(new Set(classes).size).toBe(Math.min(3, known.size));

  const explainer = Explainer.of(await CompiledModel.create(saved));
  for (const { prediction, maps } of explained) {
    const label = saved.classes[predictions[prediction.image]];
    expect(maps.map(({ trained: { method } }) => method)).toEqual(['layer-cam', 'gradient', 'occlusion']);
    for (const { trained, random, correlation } of maps) {
      const { method } = trained;
      expect(trained).toEqual(await explainer.saliency(toUnitFloats(prediction.pixels), { method, label }));
      expect(random).toMatchObject({ label, method });
      expect(random.values).not.toEqual(trained.values);
      expect(Math.abs(correlation ?? 0)).toBeLessThanOrEqual(1);
    }
  }
  // The same every time.
  expect(await explainExamples(saved, cnn.predictionRecord)).toEqual(explained);
});

test('a few errors, or a few correct predictions, leave room for the others', async () => {
  const { cnn } = runs();
  const { labels, predictions, examples } = cnn.predictionRecord;
  const correct = examples.filter(({ image }) => predictions[image] === labels[image]);
  const errors = examples.filter(({ image }) => predictions[image] !== labels[image]);
  const chosenFrom = async (given: typeof examples) =>
    (await explainExamples(cnn.saved, { ...cnn.predictionRecord, examples: given })).map(
      ({ prediction }) => prediction,
    );
  expect(await chosenFrom([...correct.slice(0, 1), ...errors])).toEqual([
    correct[0],
    ...errors.slice(0, Math.min(5, errors.length)),
  ]);
  expect(await chosenFrom(errors.slice(0, 1))).toEqual([errors[0]]);
  expect(await chosenFrom([])).toEqual([]);
});

test('photos have no occlusion, and networks without a layer that outputs an image no LayerCAM', async () => {
  const { cnn, mlp } = runs();
  const methods = async ({ saved, predictionRecord }: typeof cnn, inputKind: 'digit' | 'photo') => {
    const [{ maps }, ...others] = await explainExamples({ ...saved, inputKind }, predictionRecord);
    return [1 + others.length, ...maps.map(({ trained: { method } }) => method)];
  };
  expect(await methods(cnn, 'photo')).toEqual([4, 'layer-cam', 'gradient']);
  expect(await methods(mlp, 'digit')).toEqual([6, 'gradient', 'occlusion']);
});

test('the report shows them, and how far they depend on what was learned', () => {
  const { cnn } = runs();
  const blocks = makeReport([cnn])
    .sections.flatMap(({ subsections }) => subsections)
    .flatMap((subsection) => subsection.blocks);
  const figure = blocks.find((block) => block.type === 'figure' && block.id === 'explanations-map');
  if (figure?.type !== 'figure' || figure.graphic.type !== 'drawing') throw new Error('no figure');
  // Six images, with three maps of the network, and of that with random weights.
  expect(figure.graphic.drawing.svg.match(/<image /g)).toHaveLength(6 * 7);
  expect(figure.altText).toMatch(/^6 test images with maps: .*, as /);
  const table = blocks.find((block) => block.type === 'table' && block.id === 'explanations-correlation');
  if (table?.type !== 'table') throw new Error('no table');
  expect(table.rows.map(([method]) => method)).toEqual([['LayerCAM'], ['Gradient'], ['Occlusion']]);
  const correlations = cnn.explanations.flatMap(({ maps }) => maps[1].correlation ?? []);
  const mean = correlations.reduce((sum, value) => sum + value, 0) / correlations.length;
  expect(table.rows[1][1]).toEqual([mean.toFixed(2).replace('-', '−')]);
  expect(table.rows[1][4]).toEqual(['6']);
  const { labels, predictions } = cnn.predictionRecord;
  const errors = cnn.explanations
    .map(({ prediction }) => prediction.image)
    .filter((image) => labels[image] !== predictions[image]);
  expect(JSON.stringify(blocks)).toContain(
    `The most confident errors are the test images ${new Intl.ListFormat('en-US').format(errors.map(String))}.`,
  );
});

test('the report shows recorded measurements, and changes with each of their numbers', () => {
  const { cnn, mlp } = runs();
  const robustness = {
    total: 30,
    correct: 20,
    corruptions: [{ name: 'blur', levels: [2, 4], correct: [15, 9] }],
  } as const;
  const embedding = {
    layer: 'layer2.3',
    images: [0, 1, 2, 5],
    x: [0.1, 0.2, 0.5, -0.4],
    y: [0.3, 0.1, 0, 0.7],
    explained: [0.5, 0.25],
    umap: { neighbors: 15, x: [3, 4, 9, -2], y: [1, 1.5, 0, 7] },
  } as const;
  const text = (main: typeof cnn, other: typeof cnn) => JSON.stringify(makeReport([main, other]));
  const measured = { ...cnn, robustness, embedding };
  const before = text(measured, { ...mlp, robustness: { ...robustness, correct: 21 } });
  expect(text(cnn, mlp)).not.toContain('robustness-table');
  // statsmodels: proportion_confint(15, 30, method="wilson") is 0.3315 to 0.6685, (29, 30) 0.8333 to 0.9941
  const reversed = {
    ...robustness,
    corruptions: [{ name: 'blur', levels: [2, 4], correct: [29, 1] }],
  } as const;
  expect(
    text(
      {
        ...cnn,
        robustness: { ...robustness, corruptions: [{ name: 'blur', levels: [2, 4], correct: [15, 30] }] },
      },
      { ...mlp, robustness: reversed },
    ),
  ).toContain('with blur of severity 1 (96.67\u00a0% against 50.00\u00a0%), ');
  expect(before).toContain('Nowhere is ');
  expect(before).toContain('"66.67"');
  expect(before).toContain('"70.00"');
  expect(before).toContain('50.00\u00a0% and 25.00\u00a0% of the variance');
  const variants = [
    { ...robustness, total: 31 },
    { ...robustness, correct: 19 },
    { ...robustness, corruptions: [{ name: 'blur', levels: [2, 5], correct: [15, 9] }] },
    { ...robustness, corruptions: [{ name: 'blur', levels: [2, 4], correct: [15, 10] }] },
    { ...robustness, corruptions: [{ name: 'noise', levels: [2, 4], correct: [15, 9] }] },
  ] as const;
  for (const changed of variants) {
    expect(text({ ...measured, robustness: changed }, mlp)).not.toBe(text(measured, mlp));
  }
  const embeddings = [
    { ...embedding, layer: 'layer1.3' },
    { ...embedding, images: [0, 1, 2, 6] },
    { ...embedding, x: [0.1, 0.25, 0.5, -0.4] },
    { ...embedding, explained: [0.5, 0.24] },
    { ...embedding, umap: { ...embedding.umap, neighbors: 16 } },
    { ...embedding, umap: { ...embedding.umap, y: [1, 1.5, 0.5, 7] } },
    { ...embedding, umap: undefined },
  ] as const;
  for (const changed of embeddings) {
    expect(text({ ...measured, embedding: changed }, mlp)).not.toBe(text(measured, mlp));
  }
});
