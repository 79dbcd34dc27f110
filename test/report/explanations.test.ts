import { expect, test } from 'vitest';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { Explainer } from '#inkling/explain/explainer.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { makeReport } from '#inkling/report/content/report.js';
import { explainExamples } from '#inkling/report/explanations.js';
import { trainForReport } from '../helpers/reportRuns.js';

const runs = trainForReport();

test('explains correct predictions, of different classes first, and errors by LayerCAM', async () => {
  const { cnn } = runs();
  const saved = { ...cnn.saved, inputKind: 'image' } as const;
  const { labels, predictions, examples } = cnn.predictionRecord;
  const explained = await explainExamples(saved, cnn.predictionRecord);
  const isCorrect = explained.map(({ prediction: { image } }) => predictions[image] === labels[image]);
  expect(explained).toHaveLength(8);
  expect(isCorrect).toEqual([true, true, true, true, false, false, false, false]);
  // The most confident errors, as they are recorded.
  const errors = examples.filter(({ image }) => predictions[image] !== labels[image]);
  expect(explained.slice(4).map(({ prediction }) => prediction)).toEqual(errors.slice(0, 4));
  const classes = explained.slice(0, 4).map(({ prediction: { image } }) => labels[image]);
  const known = new Set(
    examples.filter(({ image }) => predictions[image] === labels[image]).map(({ image }) => labels[image]),
  );
  expect(new Set(classes).size).toBe(Math.min(4, known.size));

  const explainer = Explainer.of(await CompiledModel.create(saved));
  for (const { prediction, saliency } of explained) {
    const label = saved.classes[predictions[prediction.image]];
    const request = { method: 'layer-cam', label } as const;
    expect(saliency).toEqual(await explainer.saliency(toUnitFloats(prediction.pixels), request));
  }
  // The same every time.
  expect(await explainExamples(saved, cnn.predictionRecord)).toEqual(explained);
});

test('a few errors, or a few correct predictions, leave room for the others', async () => {
  const { cnn } = runs();
  const saved = { ...cnn.saved, inputKind: 'image' } as const;
  const { labels, predictions, examples } = cnn.predictionRecord;
  const correct = examples.filter(({ image }) => predictions[image] === labels[image]);
  const errors = examples.filter(({ image }) => predictions[image] !== labels[image]);
  const chosenFrom = async (given: typeof examples) =>
    (await explainExamples(saved, { ...cnn.predictionRecord, examples: given })).map(
      ({ prediction }) => prediction,
    );
  expect(await chosenFrom([...correct.slice(0, 1), ...errors])).toEqual([
    correct[0],
    ...errors.slice(0, Math.min(7, errors.length)),
  ]);
  expect(await chosenFrom(errors.slice(0, 1))).toEqual([errors[0]]);
  expect(await chosenFrom([])).toEqual([]);
});

test('digits, and networks without a layer that outputs an image, have no explanations', async () => {
  const { cnn, mlp } = runs();
  const digits = await explainExamples({ ...cnn.saved, inputKind: 'digit' }, cnn.predictionRecord);
  expect([digits, mlp.explanations]).toEqual([[], []]);
  expect(await explainExamples({ ...mlp.saved, inputKind: 'photo' }, mlp.predictionRecord)).toEqual([]);
  expect(subsectionsOf(makeReport([{ ...cnn, explanations: digits }]))).not.toContain('explanations');
});

test('the report shows them in a figure that states the method and the layer', async () => {
  const { cnn } = runs();
  // The stripes of the test images are images, not digits.
  const report = makeReport([cnn]);
  expect(subsectionsOf(report)).toContain('explanations');
  const figure = report.sections
    .flatMap(({ subsections }) => subsections)
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.type === 'figure' && block.id === 'explanations-map');
  if (figure?.type !== 'figure' || figure.graphic.type !== 'drawing') throw new Error('no figure');
  const caption = figure.caption.map((part) =>
    typeof part === 'string' ? part : 'text' in part ? part.text : '',
  );
  expect(caption.join('')).toMatch(/: LayerCAM at the output of layer layer2\.3\./);
  expect(figure.graphic.drawing.svg.match(/<image /g)).toHaveLength(16);
  expect(figure.altText).toMatch(/^8 test images with heat maps: .* predicted as /);
});

function subsectionsOf({ sections }: ReturnType<typeof makeReport>): string[] {
  return sections.flatMap(({ subsections }) => subsections.map(({ id }) => id));
}
