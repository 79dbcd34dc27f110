import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, violationsOf } from '../../helpers/browser.js';
import { savedFile, savedModel, serveLab, useDigits } from '../servedLab.js';
import { trainedInNode } from '../trainedInNode.js';

const executablePath = findBrowser();
const EPOCHS = 6;
const NAME = 'digits-project.zip';

/** The link to a view, to which a lesson links as well. */
function viewOf(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name });
}

describe.skipIf(executablePath === undefined)('projects of the lab (need Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    lab = await serveLab(executablePath ?? '');
  });
  afterEach(() => {
    expect(lab.problems.splice(0)).toEqual([]);
  });

  test('a project that is saved while it trains continues in another browser, to the same weights', async () => {
    const student = await lab.open('data');
    await useDigits(student, 'Training');
    await student.goto(`${lab.address}/#lesson=6`);
    await viewOf(student, 'Training').click();
    await student.getByLabel('Epochs').fill(String(EPOCHS));
    await student.getByRole('button', { name: 'Start', exact: true }).click();
    await student.getByText(/^Training: Epoch [2-5] of 6/).waitFor();
    await viewOf(student, 'Try').click();
    const buffer = readFileSync(await savedFile(student, 'Save the project', NAME));
    await student.close();

    const teacher = await lab.open('teacher', { viewport: { width: 360, height: 800 } });
    const open = async (name: string, content: Buffer) =>
      teacher
        .getByLabel('Open a project')
        .and(teacher.locator('input'))
        .setInputFiles([{ name, mimeType: 'application/zip', buffer: content }]);
    await open('part.zip', buffer.subarray(0, 5000));
    await teacher.getByText(/^part.zip was not opened: it is not a project .+ Nothing was changed/).waitFor();
    await open(NAME, buffer);
    await teacher.getByText(`${NAME} is open: 2,500 examples and 1 training.`).waitFor();
    expect(await violationsOf(teacher)).toEqual([]);
    await viewOf(teacher, 'Training').click();
    await teacher.getByText('Lesson 6: Learning with gaps').waitFor();
    await teacher.getByText('Paused').waitFor();
    expect(await teacher.getByText('have changed').count()).toBe(0);
    await teacher.getByRole('button', { name: 'Continue' }).click();
    await teacher.getByText('Finished').waitFor();
    await teacher.getByRole('link', { name: 'Next: Try' }).click();
    const continued = await savedModel(teacher, 'report-cnn-digits.safetensors');
    expect(continued.weights).toEqual((await trainedInNode(EPOCHS)).weights);

    // What it has replaced comes back, and the project as well, as it was opened.
    await viewOf(teacher, 'Data').click();
    const back = teacher.getByRole('button', { name: 'Back to what was here before' });
    await back.click();
    await teacher.getByRole('region', { name: 'circle' }).waitFor();
    await teacher.getByText('Lessons', { exact: true }).waitFor();
    await back.click();
    await teacher.getByRole('button', { name: 'Show all 250' }).first().waitFor();
    await teacher.close();
  });
});
