import { describe, expect, it } from 'vitest';
import { commandNames as commands } from '#inkling/cli/program.js';
import { VERSION } from '#inkling/core/version.js';
import { parseConfig } from '#inkling/train/config.js';
import { inkling } from './capture.js';

describe('help', () => {
  it('lists all commands', async () => {
    const { code, stdout, stderr } = await inkling(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(commands.length).toBeGreaterThanOrEqual(14);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} .*\\w`, 'm'));
  });

  it.each(commands)('of %s has a description and at least two examples', async (command) => {
    const { code, stdout } = await inkling([command, '--help']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[2]).toMatch(/^[A-Z].*\w/);
    const examples = stdout.slice(stdout.indexOf('Examples:')).match(/^ {2}inkling \S+.* {3}\w/gm);
    expect(examples?.length).toBeGreaterThanOrEqual(2);
    expect(examples?.every((line) => line.startsWith(`  inkling ${command}`))).toBe(true);
  });

  it.each(commands)('of %s fits in 80 columns', async (command) => {
    const { stdout } = await inkling([command, '--help']);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('of train has a flag for every setting, with its default', async () => {
    const { stdout } = await inkling(['train', '--help']);
    const text = stdout.replace(/\s+/g, ' ');
    const flags = [
      '--model <NAME>',
      '--dataset <NAME>',
      '--data-dir <FOLDER>',
      '--image-size <N>',
      '--sampling <METHOD>',
      '--skip-unreadable',
      '--epochs <N>',
      '--batch-size <N>',
      '--lr <RATE>',
      '--optimizer <NAME>',
      '--momentum <FACTOR>',
      '--label-smoothing <FACTOR>',
      '--class-weights <LIST>',
      '--augment <LIST>',
      '--weight-decay <RATE>',
      '--clip-norm <NORM>',
      '--schedule <NAME>',
      '--warmup-epochs <N>',
      '--step-epochs <N>',
      '--step-factor <FACTOR>',
      '--ema <DECAY>',
      '--patience <N>',
      '--init-from <RUN>',
      '--freeze <LIST>',
      '--seed <N>',
      '--split-seed <N>',
      '--threads <N>',
      '--run-dir <FOLDER>',
      '--name <NAME>',
    ];
    const places = flags.map((flag) => text.indexOf(flag));
    expect(places).not.toContain(-1);
    for (const value of Object.values(parseConfig({}))) {
      expect(text).toContain(`(default: ${JSON.stringify(value)})`);
    }
  });

  it('of reproduce has no flag for the model or the name', async () => {
    const { stdout } = await inkling(['reproduce', '--help']);
    expect(stdout).toContain('--epochs <N>');
    expect(stdout).not.toMatch(/--model|--name/);
  });

  it('--version prints the version', async () => {
    expect(await inkling(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });
});
