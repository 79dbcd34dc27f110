import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { temporaryFolder } from '../data/tinySet.js';
import { stripes } from '../helpers/stripes.js';
import { writeStripes } from '../sweep/queue/stripesFolder.js';
import { inkling } from './capture.js';

let runs: string;
let file: string;
beforeEach(() => {
  runs = temporaryFolder();
  file = join(runs, 'space.json');
  writeFileSync(
    file,
    JSON.stringify({ learningRate: { choice: [0.05, 0.01, 1e-4] }, clipNorm: { choice: [null, 1] } }),
  );
});

const loadDataset = () => Promise.resolve(stripes({ train: 100, test: 30 }));
const run = (command: string, ...flags: string[]) =>
  inkling([command, '--run-dir', runs, ...flags], { loadDataset });
const NAME = 'sweep-stripes-1';
const show = (...flags: string[]) => inkling(['sweep', 'show', NAME, '--run-dir', runs, ...flags]);
const settings = ['--model', 'mlp', '--epochs', '2', '--threads', '1', '--parallel', '1'];
const grid = ['--sampler', 'grid', '--pruner', 'none'];

describe('inkling sweep', () => {
  it('prints a line per trial, the best one, and how to train it again', async () => {
    const { code, stdout, stderr } = await run('sweep', file, ...settings, ...grid, '--trials', '3');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const folder = join(runs, 'sweep-stripes-1');
    expect(stdout).toContain(`sweep ${folder}: 3 trials, sampler grid, pruner none\n`);
    const lines = stdout.split('\n');
    const trials = lines.filter((line) => line.startsWith('trial '));
    expect(trials).toHaveLength(3);
    expect(trials[0]).toMatch(
      /^trial 0: learningRate 0\.05, clipNorm none: (\d+\.\d\d %) after 2 epochs, complete; best \1 \(trial 0\)$/,
    );
    const best = /best (\d+\.\d\d) % \(trial (\d)\)$/.exec(trials[2]);
    const trial = join(folder, `trial-${best?.[2]}-1`);
    expect(stdout).toContain(`best trial: ${best?.[2]} of 3, ${trial}\n`);
    expect(lines.find((line) => line.startsWith('sweep-stripes-1: '))).toMatch(
      new RegExp(`^sweep-stripes-1: validation accuracy ${best?.[1]} %, test accuracy \\d+\\.\\d\\d %; `),
    );
    expect(stdout).toContain(
      `to train it again, run: inkling train --config ${join(trial, 'config.json')}\n`,
    );
    expect(stdout).toContain(`to create a report, run: inkling report ${folder}\n`);
    const again = await run('train', '--config', join(trial, 'config.json'));
    const test = /test accuracy \d+\.\d\d %/.exec(stdout)?.[0];
    expect(again.stdout).toContain(test);
  });

  it('prints JSON, and is listed with its trials, also as runs', async () => {
    const { stdout } = await run('sweep', file, ...settings, ...grid, '--trials', '2', '--json');
    const sweep = z
      .looseObject({ state: z.string(), trials: z.array(z.unknown()) })
      .parse(JSON.parse(stdout));
    expect(sweep).toMatchObject({
      name: 'sweep-stripes-1',
      state: 'done',
      metric: 'validation accuracy',
      sampler: 'grid',
      target: 2,
    });
    expect(sweep.trials).toMatchObject([
      { number: 0, params: { learningRate: 0.05, clipNorm: null }, state: 'complete', run: 'trial-0-1' },
      { number: 1, params: { learningRate: 0.05, clipNorm: 1 } },
    ]);
    expect(JSON.parse((await run('sweeps', '--json')).stdout)).toEqual([sweep]);
    expect(JSON.parse((await show('--json')).stdout)).toEqual(sweep);
    expect(JSON.parse((await inkling(['sweep', '--json', '--run-dir', runs, 'show', NAME])).stdout)).toEqual(
      sweep,
    );
    expect((await run('sweeps')).stdout).toMatch(/sweep-stripes-1 +grid +none +2\/2 .* done\n/);
    expect((await show()).stdout).toMatch(/complete +learningRate 0\.05, clipNorm 1\n/);
    const listed = await inkling(['runs', '--run-dir', join(runs, 'sweep-stripes-1')]);
    expect(listed.stdout).toMatch(/trial-0-1 +mlp .*\n.*trial-1-1 +mlp/);
  });

  it('trains several trials at the same time', async () => {
    const dataset = ['--dataset', writeStripes(runs), '--epochs', '1', '--model', 'mlp'];
    const command = ['sweep', file, '--run-dir', runs, ...dataset, ...grid, '--trials', '2'];
    const { code, stdout, stderr } = await inkling([...command, '--parallel', '2', '--threads', '1']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('pruner none\n2 trials at a time, each with 1 thread\n\ntrial ');
    expect(stdout).toMatch(/best trial: \d of 2/);
  });

  it('compares the best trials with several seeds, and shows what follows', async () => {
    const { code, stdout } = await run('sweep', file, ...settings, ...grid, '--trials', '2', '--seeds', '3');
    expect(code).toBe(0);
    expect(stdout.match(/^trial [01] with seed [123]: \d+\.\d\d %$/gm)).toHaveLength(6);
    const shown = (await show()).stdout;
    expect(shown).toMatch(/finalist +seeds +mean +95 % interval +failed\n( +[01] +3\/3 .* 0\n){2}/);
    const conclusion =
      /^(trial \d is the best of|no winner between trial \d and trial \d: of) 2 trials.* for 3 other seeds .*$/m;
    const [text] = conclusion.exec(shown) ?? [''];
    expect(stdout).toContain(text);
    expect(shown).toContain('no importance of parameters, which requires 10 complete trials\n');
    const json = z
      .looseObject({ best: z.number(), conclusion: z.looseObject({ selected: z.number() }) })
      .parse(JSON.parse((await show('--json')).stdout));
    expect(json).toMatchObject({ seeds: [1, 2, 3], conclusion: { text }, importance: {} });
    expect(json).toMatchObject({ finalists: [{ statistics: { count: 3 } }, { statistics: { count: 3 } }] });
    expect(json.best).toBe(json.conclusion.selected);
    expect((await run('sweeps')).stdout).toMatch(/2\/2 .* done\n/);
    expect(await run('sweep', '--resume', NAME, '--seeds', '4')).toMatchObject({
      code: 2,
      stderr:
        'inkling: --seeds: expected 3, with which the sweep was started, since its conclusion would not be valid if more were added afterwards, got 4; leave it out, or start a new sweep\n',
    });
    expect((await run('sweep', '--resume', NAME, '--seeds', '3')).code).toBe(0);
  });

  it('shows how much each parameter matters', async () => {
    writeFileSync(file, JSON.stringify({ learningRate: { float: [1e-5, 0.1], log: true } }));
    await run('sweep', file, ...settings, '--epochs', '1', '--pruner', 'none', '--trials', '10');
    const { stdout } = await show();
    expect(stdout).toMatch(/no winner between trial \d and trial \d: of 10 trials, .* may be chance;/);
    expect(stdout).toMatch(/parameter +importance\nlearningRate +100\.00 %\n$/);
  });

  it('can be interrupted and resumed', async () => {
    const controller = new AbortController();
    controller.abort();
    const start = ['sweep', file, '--run-dir', runs, ...settings, '--trials', '2'];
    const folder = join(runs, 'sweep-stripes-1');
    expect(await inkling(start, { loadDataset, signal: controller.signal })).toMatchObject({
      code: 1,
      stderr: `inkling: sweep: interrupted after 0 of 2 trials; to resume, run "inkling sweep --resume ${folder}"\n`,
    });
    expect((await run('sweeps')).stdout).toMatch(/0\/2 .* unfinished\n/);
    const { code, stdout } = await run(
      'sweep',
      '--resume',
      'sweep-stripes-1',
      '--trials',
      '3',
      '--parallel',
      '1',
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`resuming ${folder} after 0 trials\n`);
    expect((await run('sweeps')).stdout).toMatch(/3\/3 .* done\n/);
  });

  it('takes the settings of a recipe that the space neither varies nor states', async () => {
    const flags = ['--recipe', 'fast', '--model', 'mlp', '--trials', '1', '--parallel', '1'];
    const { code } = await run('sweep', file, ...flags, ...grid);
    expect(code).toBe(0);
    const config: unknown = JSON.parse(readFileSync(join(runs, NAME, 'trial-0-1', 'config.json'), 'utf8'));
    expect(config).toMatchObject({
      epochs: 1,
      labelSmoothing: 0.1,
      schedule: 'one-cycle',
      learningRate: 0.05,
    });
  });

  it('rejects wrong usage before the data set is loaded', async () => {
    const refusal = async (...words: string[]) => {
      const { code, stderr } = await inkling(['sweep', '--run-dir', runs, ...words], {
        loadDataset: () => Promise.reject(new Error('too late')),
      });
      return [code, stderr.replaceAll(file, 'FILE')];
    };
    expect(await refusal()).toEqual([
      2,
      'inkling: sweep: expected a space file or --resume, got neither; see inkling sweep --help\n',
    ]);
    expect((await refusal(file, '--resume', 'a'))[1]).toContain('got both');
    expect(await refusal(file, '--lr', '1')).toEqual([
      2,
      'inkling: --lr: is also in FILE as "learningRate"; remove one of them\n',
    ]);
    expect(await refusal(file, '--sampler', 'tpee')).toEqual([
      2,
      'inkling: --sampler: unknown value "tpee" (did you mean "tpe"?); expected tpe, random, quasi-random or grid\n',
    ]);
    expect(await refusal(file, '--recipe', 'fats')).toEqual([
      2,
      'inkling: unknown recipe "fats" (did you mean "fast"?); expected report, fast or best\n',
    ]);
    expect((await refusal('--resume', 'a', '--recipe', 'fast'))[1]).toContain('cannot be used with');
    expect(await refusal(file, '--parallel', 'two')).toEqual([
      2,
      'inkling: --parallel: expected a whole number of at least 1, got "two"\n',
    ]);
    expect(await refusal(file, '--trials', '0')).toEqual([
      2,
      'inkling: --trials: expected a whole number of at least 1, got "0"\n',
    ]);
    expect(await refusal(file, '--seeds', '0')).toEqual([
      2,
      'inkling: --seeds: expected a whole number of at least 1, got "0"\n',
    ]);
    expect(await refusal(file, '--seeds', '1001')).toEqual([
      1,
      'inkling: seeds: expected at most 1000, got 1001\n',
    ]);
    expect(await refusal('show')).toEqual([2, "inkling: missing required argument 'SWEEP'; see --help\n"]);
    expect((await refusal('show', 'a', '--jsn'))[1]).toContain(
      '"inkling sweep show --help" lists the options',
    );
    expect((await refusal(file, ...grid, '--trials', '7'))[1]).toContain('trials: expected at most 6');
    expect(await refusal('--resume', 'a')).toEqual([
      2,
      `inkling: unknown sweep "a"; there are none in ${runs}\n`,
    ]);
    expect(await refusal('--resume', 'a', '--epochs', '3')).toEqual([
      2,
      'inkling: --epochs: cannot be changed when a sweep is resumed; leave it out, or start a new sweep\n',
    ]);
  });

  it('lists no sweeps, and broken ones', async () => {
    expect((await run('sweeps')).stdout).toBe(`no sweeps in ${runs} yet; start one with "inkling sweep"\n`);
    await run('sweep', file, ...settings, '--trials', '1');
    writeFileSync(join(runs, 'sweep-stripes-1', 'journal.jsonl'), '{}\n');
    expect((await run('sweeps')).stdout).toMatch(
      /broken: .*journal\.jsonl: line 1: op_code: expected an operation/,
    );
  });
});

describe('inkling report', () => {
  it('writes the report of a sweep into its folder, and takes only one', async () => {
    const sweep = await run('sweep', file, ...settings, ...grid, '--trials', '2', '--report');
    expect(sweep.stdout).toContain(`\nreport: ${join(runs, NAME, 'report.html')}`);
    const { code, stdout, stderr } = await run('report', 'sweep-stripes-1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const folder = join(runs, 'sweep-stripes-1');
    expect(stdout).toContain(`report: ${join(folder, 'report.html')}`);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('Hyperparameter sweep on');
    expect(readFileSync(join(folder, 'trials.csv'), 'utf8').split('\n')).toHaveLength(4);
    expect(existsSync(join(folder, 'figures', 'history.svg'))).toBe(true);
    const both = await run('report', 'sweep-stripes-1', join(folder, 'trial-0-1'));
    expect([both.code, both.stderr]).toEqual([
      2,
      `inkling: report: expected runs or one sweep, got the sweep ${folder} with 1 other; create a separate report for each\n`,
    ]);
  });
});
