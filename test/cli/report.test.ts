import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { temporaryFolder } from '../data/tinySet.js';
import { trainForReport } from '../helpers/reportRuns.js';
import { inkling } from './capture.js';

const runs = trainForReport();

const resultSchema = z.strictObject({
  html: z.string(),
  pdf: z.string().optional(),
  markdown: z.string(),
  figures: z.string(),
  companions: z.strictObject({
    modelCard: z.string(),
    citation: z.string().optional(),
    tensorboard: z.string(),
    kept: z.array(z.string()),
  }),
});

describe('inkling report', () => {
  test('writes the page and its figures into the folder of the first run, given by name', async () => {
    const [folder, other] = runs().folders;
    const argv = ['report', basename(folder), other, '--run-dir', dirname(folder)];
    const { code, stdout, stderr } = await inkling(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^report: .*report\.html/);
    expect(stdout).toContain(`\nfor others: ${join(folder, 'README.md')}\n`);
    expect(stdout).toContain(
      `the report does not show the robustness and embedding of ${folder}; to add it, run:\ninkling evaluate ${folder} --corruptions --embedding\n`,
    );
    expect(stdout).toContain(`: tensorboard --logdir ${join(folder, 'tensorboard')}\n`);
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('Comparison of report-cnn and mlp');
    const figures = readdirSync(join(folder, 'figures'));
    expect(figures).toHaveLength(40);
    for (const name of figures.filter((file) => file.endsWith('.svg'))) {
      expect(figures).toContain(name.replace('.svg', '.png'));
      const svg = readFileSync(join(folder, 'figures', name), 'utf8');
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).not.toContain('var(');
    }
    const png = readFileSync(join(folder, 'figures', 'loss.png'));
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  test('accepts a title, an author and another folder, prints JSON, and opens the page with --open', async () => {
    const out = join(temporaryFolder(), 'new', 'paper');
    const names = ['--title', 'My <title>', '--author', 'N. N.', '--affiliation', 'A & B'];
    const { stdout } = await inkling(['report', runs().folders[1], '--out', out, ...names, '--json']);
    const { html: file, figures, companions } = resultSchema.parse(JSON.parse(stdout));
    expect([file, figures]).toEqual([join(out, 'report.html'), join(out, 'figures')]);
    const html = readFileSync(file, 'utf8');
    expect(html).toContain('<h1>My &lt;title&gt;</h1>');
    expect(companions).toMatchObject({ citation: join(out, 'CITATION.cff'), kept: [] });
    expect(readFileSync(companions.modelCard, 'utf8')).toContain('An image classifier by N. N.: ');
    expect(html).toContain('N. N. · A &amp; B · 2');
    const files = ['figures', 'program.py', 'program.ts', 'references.bib', 'report.html', 'report.md'];
    expect(readdirSync(out)).toEqual(expect.arrayContaining(files));
    // The title and the author are kept for the next report on the run, which is opened.
    const opened: string[] = [];
    const open = (path: string) => {
      opened.push(path);
      return Promise.resolve();
    };
    const more = ['--author', 'M. M.', '--author', 'O.', '--quiet', '--open'];
    await inkling(['report', runs().folders[1], '--out', out, ...more], { open });
    expect(opened).toEqual([file]);
    expect(readFileSync(file, 'utf8')).toContain('<h1>My &lt;title&gt;</h1>');
    expect(readFileSync(file, 'utf8')).toContain('M. M. · O. · A &amp; B · 2');
  });

  test('reports each error in one line', async () => {
    const folder = temporaryFolder();
    const none = await inkling(['report', 'none', '--run-dir', folder]);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toBe(
      `inkling: unknown run "none"; "inkling runs" lists the runs in a folder, here ${folder}\n`,
    );
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const blocked = await inkling(['report', runs().folders[1], '--out', file]);
    expect(blocked.code).toBe(1);
    expect(blocked.stderr).toBe(
      `inkling: cannot create ${file}: a file with that name already exists; move it or choose another location\n`,
    );
    const paper = await inkling(['report', 'x', '--paper', 'a5']);
    expect(paper.code).toBe(2);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});
