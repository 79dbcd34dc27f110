// An application that trains, and makes the report of the training.
import { fit, generateDigits, preset } from 'inkling';
import { renderReport, writeReport } from 'inkling/report';

export async function report() {
  const dataset = generateDigits({ seed: 0, train: 300, test: 50 });
  const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });
  const options = { model, dataset, settings: { epochs: 1 } };
  const result = await fit(options);
  const { html, pdf, figures } = await renderReport([{ ...options, result }]);
  return { html, hasPdf: pdf !== undefined, figures: [...figures.keys()] };
}

/** What is only for Node.js: the names and messages of errors elsewhere. */
export function nodeOnly() {
  const calls = [() => renderReport(['runs/mlp-mnist-1']), () => writeReport(['runs/mlp-mnist-1'], 'report')];
  return Promise.all(
    calls.map((call) =>
      call().then(
        () => 'no error',
        ({ name, message }) => `${name}: ${message}`,
      ),
    ),
  );
}
