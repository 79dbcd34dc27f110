import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportModel } from '#inkling/export/exportModel.js';
import { predictFiles } from '#inkling/predict/predictFiles.js';
import { temporaryFolder } from '../data/tinySet.js';
import { encodePng } from '../helpers/encodeImage.js';
import { calibration, mixedModel } from '../helpers/mixedModel.js';
import { findPython, runPythonProgram } from '../helpers/python.js';
import { pattern } from '../images/resize/pattern.js';

/** The program in the guide for photos. */
const program = /```python\n(.*?)```/s.exec(readFileSync('docs/photos.md', 'utf8'))?.[1] ?? '';

test.for([undefined, { ...calibration, familiarity: undefined }])(
  'the program in the guide predicts the same from an ONNX file alone: %j',
  async (calibration, { skip }) => {
    const python =
      findPython('onnxruntime, numpy, PIL') ??
      skip('no ONNX Runtime: neither python3 nor /usr/bin/python3 can import onnxruntime, numpy, and PIL');
    const folder = temporaryFolder();
    const [model, photo] = ['model.onnx', 'photo.png'].map((name) => join(folder, name));
    const saved = { ...mixedModel(), inputKind: 'photo' as const, ...(calibration && { calibration }) };
    await exportModel(saved, { format: 'onnx', path: model });
    writeFileSync(photo, await encodePng(pattern(67, 41)));
    writeFileSync(join(folder, 'predict.py'), program);
    const printed = runPythonProgram(python, ['predict.py', model, photo], folder);
    const trained = { saved, name: 'mixed' };
    for await (const prediction of predictFiles(trained, [{ file: photo }], { top: 3 })) {
      if ('error' in prediction) throw new Error(prediction.error);
      const [{ top }] = prediction.images;
      const ours = new Map(top.map((ranked) => [ranked.class, ranked.confidence]));
      const lines = printed.trim().split('\n');
      expect(lines).toHaveLength(3);
      for (const line of lines) {
        const [, name, percent] = /^(.*): (.*)%$/.exec(line) ?? [];
        expect(Number(percent) / 100, line).toBeCloseTo(ours.get(name) ?? NaN, 3);
      }
    }
  },
);
