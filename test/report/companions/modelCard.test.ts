import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { catalog } from '#inkling/data/catalog/catalog.js';
import { termsOf } from '#inkling/data/catalog/terms.js';
import { encodeCitation } from '#inkling/report/companions/citation.js';
import { type CompanionRun, readCompanionRun } from '#inkling/report/companions/companionRun.js';
import { encodeModelCard } from '#inkling/report/companions/modelCard.js';
import { writeCompanions } from '#inkling/report/companions/writeCompanions.js';
import { readVerification } from '#inkling/runs/verify/verificationFile.js';
import { verifyRun } from '#inkling/runs/verify/verifyRun.js';
import { findPython, runPythonProgram } from '../../helpers/python.js';
import { run, runDataset, sharedFolder } from '../../helpers/run.js';

const runDir = sharedFolder();
let folder: string;
let companion: CompanionRun;
beforeAll(async () => {
  ({ folder } = await run(runDir, { batchSize: 8 }));
  companion = readCompanionRun(folder);
});

/** The run as if it had been trained on MNIST, with class names and authors that are hard to write. */
function difficult(): CompanionRun {
  const { summary } = companion;
  const source = { ...summary.dataset.source, kind: 'download', verified: true } as const;
  const classes = ['a | b', 'c: "d" # e', '`f`\n- g'];
  return {
    ...companion,
    summary: { ...summary, dataset: { ...summary.dataset, name: 'mnist', source, classes } },
  };
}
const authors = ['Ada Lovelace', "José “Pepe” O'Neill", 'ACME'];
const title = 'Digits: "the" #1 model';

test('a model card states the run, what is known about its data, and its verification', async () => {
  const card = encodeModelCard(companion, { authors: [] });
  const { test: metrics, summary } = companion;
  expect(card).toContain('# report-cnn for the built-in stripes\n');
  expect(card).toContain(`accuracy ${(100 * metrics.accuracy).toFixed(2)} %`);
  expect(card).toContain(`\`${summary.dataset.fingerprint?.train ?? ''}\``);
  expect(card).toContain('| `learningRate` | `0.001` |');
  expect(card).toContain('The training was not repeated to verify this record.');
  expect(encodeModelCard(difficult(), { authors, title })).toContain(
    'License: cc-by-sa-3.0 (as stated by the documentation of Keras) (https://yann.lecun.com/exdb/mnist/).',
  );
  await verifyRun(folder, runDataset);
  expect(encodeModelCard(companion, { authors }, readVerification(folder))).toMatch(
    /gave the same bits: 2 of 2 epochs/,
  );
});

test('terms are known for all data sets in the catalog, and only if they are verified', () => {
  const source = { kind: 'files', verified: true } as const;
  for (const { name } of catalog) expect(termsOf({ name, source }), name).toBeDefined();
  expect(termsOf({ name: 'mnist', source: { ...source, verified: false } })).toBeUndefined();
});

test('files are written beside a report, and those of others are kept', () => {
  const out = join(runDir, 'paper');
  const first = writeCompanions([folder], out);
  expect(first).toEqual({
    modelCard: join(out, 'README.md'),
    citation: undefined,
    tensorboard: join(out, 'tensorboard'),
    kept: [],
  });
  expect(existsSync(join(out, 'CITATION.cff'))).toBe(false);
  expect(writeCompanions([folder], out, { author: 'Ada Lovelace', title }).citation).toBe(
    join(out, 'CITATION.cff'),
  );
  expect(readFileSync(join(out, 'README.md'), 'utf8')).toContain(`# ${title}\n`);
  const own = '# My project\n';
  writeFileSync(join(out, 'README.md'), own);
  expect(writeCompanions([folder], out, { author: ['Ada Lovelace'] })).toMatchObject({
    modelCard: undefined,
    kept: [join(out, 'README.md')],
  });
  expect(readFileSync(join(out, 'README.md'), 'utf8')).toBe(own);
});

const CARD_PROGRAM = `
import json, sys
from huggingface_hub import ModelCard
card = ModelCard.load(sys.argv[1])
data = card.data
print(json.dumps({
    "library": data.library_name, "pipeline": data.pipeline_tag, "datasets": data.datasets, "metrics": data.metrics,
    "name": data.model_name, "text": len(card.text),
    "results": [[r.task_type, r.dataset_type, r.dataset_name, r.dataset_split, r.dataset_args, r.metric_type, r.metric_value, r.metric_args] for r in data.eval_results],
}))
`;

const hub = findPython('huggingface_hub');
const noHub = 'no huggingface_hub: neither python3 nor /usr/bin/python3 can import it';
test.skipIf(hub === undefined)(
  `the library of the Hugging Face Hub reads a model card${hub === undefined ? ` (skipped: ${noHub})` : ''}`,
  () => {
    const file = join(runDir, 'card.md');
    writeFileSync(file, encodeModelCard(difficult(), { authors, title }));
    const { accuracy, macroF1, loss } = companion.test;
    const of = (type: string, value: number, args: object | null) => [
      ...['image-classification', 'ylecun/mnist', 'MNIST', 'test'],
      ...[{ license: 'cc-by-sa-3.0' }, type, value, args],
    ];
    expect(JSON.parse(runPythonProgram(hub ?? '', ['-c', CARD_PROGRAM, file], runDir))).toEqual({
      library: 'inkling',
      pipeline: 'image-classification',
      datasets: ['ylecun/mnist'],
      metrics: ['accuracy', 'f1'],
      name: companion.name,
      text: expect.any(Number),
      results: [
        of('accuracy', accuracy, null),
        of('f1', macroF1, { average: 'macro' }),
        of('cross_entropy', loss, null),
      ],
    });
  },
);

const CITATION_PROGRAM = `
import json, sys
from cffconvert import Citation
citation = Citation(open(sys.argv[1], encoding="utf-8").read())
citation.validate()
print(json.dumps(citation.as_bibtex()))
`;

const cff = findPython('cffconvert');
const noCff = 'no cffconvert: neither python3 nor /usr/bin/python3 can import it';
test.skipIf(cff === undefined)(
  `a citation is valid, and BibTeX can be made from it${cff === undefined ? ` (skipped: ${noCff})` : ''}`,
  () => {
    const file = join(runDir, 'CITATION.cff');
    writeFileSync(file, encodeCitation(difficult(), { authors, title }));
    const bibtex: unknown = JSON.parse(runPythonProgram(cff ?? '', ['-c', CITATION_PROGRAM, file], runDir));
    expect(bibtex).toContain("author = {Lovelace, Ada and O'Neill, José “Pepe” and ACME}");
    expect(bibtex).toContain(`title = {${title}}`);
    expect(bibtex).toContain(`year = {${companion.summary.startedAt.slice(0, 4)}}`);
  },
);
