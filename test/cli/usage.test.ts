import { describe, expect, it } from 'vitest';
import { commandNames } from '#inkling/cli/program.js';
import { listNames } from '#inkling/core/suggest.js';
import { exportFormats } from '#inkling/export/formats/index.js';
import { paperSizes } from '#inkling/report/input/frontMatter.js';
import { optimizerNames } from '#inkling/train/optimization/optimizers.js';
import { presetNames } from '#inkling/models/presets.js';
import { inkling } from './capture.js';

const mistakes: readonly (readonly [line: string, message: string])[] = [
  ['trian', `unknown command "trian" (did you mean "train"?); expected ${listNames(commandNames)}`],
  ['plot', `unknown command "plot"; expected ${listNames(commandNames)}`],
  [
    'train --epoch 3',
    'unknown option "--epoch" (did you mean "--epochs"?); "inkling train --help" lists the options',
  ],
  [
    'train --epoch=3',
    'unknown option "--epoch" (did you mean "--epochs"?); "inkling train --help" lists the options',
  ],
  ['--verison', 'unknown option "--verison" (did you mean "--version"?); "inkling --help" lists the options'],
  [
    'export a --format onx',
    `--format: unknown value "onx" (did you mean "onnx"?); expected ${listNames(Object.keys(exportFormats))}`,
  ],
  [
    'report a --paper A5',
    `--paper: unknown value "A5" (did you mean "a4"?); expected ${listNames(paperSizes)}`,
  ],
  ['train extra', `too many arguments for 'train'. Expected 0 arguments but got 1; see --help`],
  ['evaluate', `missing required argument 'RUN'; see --help`],
  ['train --epochs', `option '--epochs <N>' argument missing; see --help`],
  ['train --epochs 0', '--epochs: expected a whole number from 1 to 100000, got "0"'],
  ['train --epochs 1.5', '--epochs: expected a whole number from 1 to 100000, got "1.5"'],
  ['train --epochs 12x', '--epochs: expected a whole number from 1 to 100000, got "12x"'],
  ['train --epochs=', '--epochs: expected a whole number from 1 to 100000, got ""'],
  ['train --lr 1e400', '--lr: expected a number above 0, got "1e400"'],
  ['train --lr 0', '--lr: expected a number above 0, got "0"'],
  ['train --momentum 1', '--momentum: expected a number of at least 0 and below 1, got "1"'],
  ['train --seed -1', '--seed: expected a whole number of at least 0, got "-1"'],
  [
    'train --optimizer adan',
    `--optimizer: unknown value "adan" (did you mean "adam"?); expected ${listNames(optimizerNames)}`,
  ],
  ['train --name a/b', '--name: expected letters, digits, "-", "_" and ".", got "a/b"'],
  [
    'train --augment rotat=3',
    '--augment: unknown name "rotat" (did you mean "rotate"?); expected shift, rotate, scale, shear, elastic, crop, ' +
      'resizedCrop, flip, border, erase, brightness, contrast, saturation, hue, randAugment, mixup or cutmix',
  ],
  ['train --augment shift', '--augment shift: expected a number from 0 to 64, got "true"'],
  ['train --augment shift=1,shift=2', '--augment: "shift" is given twice; remove one'],
  ['train --augment flip=maybe', '--augment flip: expected true or false, got "maybe"'],
  [
    'train --augment border=reflct',
    '--augment border: unknown value "reflct" (did you mean "reflect"?); expected zero or reflect',
  ],
  [
    'train --class-weights 1,x',
    '--class-weights: expected balanced, or one weight above 0 per class, such as 1,2,0.5, got "1,x"',
  ],
  [
    'train --sampling balance',
    '--sampling: unknown value "balance" (did you mean "balanced"?); expected shuffled or balanced',
  ],
  ['train --label-smoothing 1', '--label-smoothing: expected a number of at least 0 and below 1, got "1"'],
  ['train --data-dir=', '--data-dir: expected a name, got ""'],
  [
    'train --model report-cn',
    `unknown model "report-cn" (did you mean "report-cnn"?); expected ${listNames(presetNames)}`,
  ],
  ['reproduce --model mlp', 'unknown option "--model"; "inkling reproduce --help" lists the options'],
  ['summary lstm', `unknown model "lstm"; expected ${listNames(presetNames)}`],
  ['train --model my-net', `unknown model "my-net"; expected ${listNames(presetNames)}`],
  ['summary mlp --input 28x28', '--input: expected HEIGHTxWIDTHxCHANNELS such as 28x28x1, got "28x28"'],
  ['summary mlp --input 28xax1', '--input 28xax1: expected a whole number from 1 to 65536, got "a"'],
  ['summary mlp --classes 1', '--classes: expected a whole number from 2 to 65536, got "1"'],
];

describe('a usage error', () => {
  it.each(mistakes)('inkling %s', async (line, message) => {
    expect(await inkling(line.split(' '))).toEqual({ code: 2, stdout: '', stderr: `inkling: ${message}\n` });
  });

  it('lists the known data sets and the closest name', async () => {
    const { code, stderr } = await inkling(['data', 'mnits']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'unknown data set "mnits" (did you mean "mnist"?); expected mnist, fashion-mnist,',
    );
  });

  it('prints the help if there is no command', async () => {
    const { code, stdout, stderr } = await inkling([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: inkling');
  });
});

describe('an error', () => {
  it('is printed in one line, without a stack trace', async () => {
    expect(await inkling(['evaluate', 'no-such-run'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'inkling: unknown run "no-such-run"; "inkling runs" lists the runs in a folder, here runs\n',
    });
  });

  it('that is unexpected is printed in one line, and with a stack trace on request', async () => {
    const loadDataset = () => Promise.reject(new TypeError('no such thing\n as this'));
    const { code, stderr } = await inkling(['data', 'mnist'], { loadDataset });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'inkling: unexpected error: no such thing as this; set INKLING_DEBUG=1 to print a stack trace\n',
    );
    const debug = await inkling(['data', 'mnist'], { loadDataset, environment: { INKLING_DEBUG: '1' } });
    expect(debug.stderr).toContain('usage.test.ts');
  });

  it('is red on a terminal, unless NO_COLOR is set', async () => {
    const red = '\u001b[31minkling:\u001b[39m ';
    const colored = await inkling(['evaluate', 'no-such-run'], { tty: true });
    expect(colored.stderr.startsWith(red)).toBe(true);
    const plain = await inkling(['evaluate', 'no-such-run'], { tty: true, environment: { NO_COLOR: '1' } });
    expect(plain.stderr.startsWith('inkling: ')).toBe(true);
  });
});
