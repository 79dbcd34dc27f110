import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser, violationsOf } from '../../helpers/browser.js';
import { savedIndex, serveLab, useDigits } from '../servedLab.js';

const executablePath = findBrowser();
const NARROW = { viewport: { width: 360, height: 800 } };

describe.skipIf(executablePath === undefined)('lessons in the lab (needs Chromium)', () => {
  let lab: Awaited<ReturnType<typeof serveLab>>;
  beforeAll(async () => {
    lab = await serveLab(executablePath ?? '');
  });
  afterEach(() => {
    expect(lab.problems.splice(0)).toEqual([]);
  });

  test('a lesson is set up, followed, and checked', async () => {
    const page = await lab.open('lesson=5');
    await page.getByText('Lesson 5: Keeping numbers in range').waitFor();
    await page.getByText('Still to do: train with normalization.').waitFor();
    await page.getByRole('button', { name: 'Set it up' }).click();
    await page.getByText('Data, network, and settings are ready.').waitFor();
    await stepOf(page, 'Training').first().click();
    await trainOnce(page, 'Start');
    await page
      .getByText(/^Trained with normalization: .+ Still to do: train without normalization/)
      .waitFor();
    await stepOf(page, 'Network').click();
    for (let i = 0; i < 4; i++)
      await page
        .getByRole('button', { name: /^Remove Batch normalization/ })
        .first()
        .click();
    await stepOf(page, 'Training').last().click();
    await trainOnce(page, 'Start over');
    await page
      .getByText(/You have seen it! The validation accuracy with normalization was [\d.]+\s%, without/)
      .waitFor();
    expect(await page.locator('.steps').getByRole('img', { name: 'Done' }).count()).toBe(3);
    expect(
      await page
        .locator('.steps')
        .getByText(/Validation accuracy: [\d.]+\s%/)
        .count(),
    ).toBe(2);
    // It is said where the page is scrolled to, together with what comes next.
    const bar = page.locator('.check-bar');
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight);
    });
    expect((await bar.boundingBox())?.y).toBe(0);
    expect(await bar.getByRole('button', { name: 'Next lesson' }).count()).toBe(1);
    expect(await violationsOf(page)).toEqual([]);
    await bar.getByRole('button', { name: 'What you have found' }).click();
    expect(await bar.count()).toBe(0);
    // It begins without the training before, and is kept when the page is reloaded.
    await page.getByRole('button', { name: 'Set it up' }).click();
    await page.getByText('Not started').waitFor();
    await page.setViewportSize(NARROW.viewport);
    const topOfView = () =>
      page.locator('.training-view').evaluate((view) => view.getBoundingClientRect().top);
    expect(await topOfView()).toBeGreaterThan(400);
    await stepOf(page, 'Training').first().click();
    expect(Math.abs(await topOfView())).toBeLessThan(1);
    await savedIndex(page, ({ hasCurrent, runs }) => !hasCurrent && runs.length === 2);
    await page.goto(page.url().replace(/#.*/, '#training'));
    await page.reload();
    await page.getByText('Lesson 5: Keeping numbers in range').waitFor();
    await page.getByText('Not started').waitFor();
    // What the lesson has replaced outlives the page.
    await page.getByRole('button', { name: 'End the lesson' }).click();
    await page.getByText('There are not enough examples yet.').waitFor();
    expect(await page.getByText('Lesson 5').count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await page.close();
  });

  test('a link sets the network and the settings, and says what it cannot set', async () => {
    const page = await lab.open('training?preset=mlp&epochs=3&learningRate=0.03&batchSize=7', NARROW);
    await page.getByText('batchSize: expected one of 1, 4, 8, 16, 32, 64, 128, got “7”').waitFor();
    await page.getByRole('link', { name: 'Data', exact: true }).click();
    await useDigits(page, 'Training');
    expect(await page.getByLabel('Epochs').inputValue()).toBe('3');
    expect(await page.getByRole('combobox', { name: 'Learning rate' }).inputValue()).toBe('0.03');
    await page.getByLabel('Epochs').fill('4');
    await page.getByText('Lessons', { exact: true }).click();
    expect(await violationsOf(page)).toEqual([]);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy a link with this network' }).click();
    await page.getByText('The link is copied.').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/#training\?preset=mlp&epochs=4&learningRate=0\.03$/);
    await page.getByRole('link', { name: 'Network', exact: true }).click();
    expect(await page.getByLabel('Start from').inputValue()).toBe('mlp');

    // What was changed since outlives a reload of the link.
    await savedIndex(page, ({ settings }) => settings.epochs === 4);
    await page.goto(`${lab.address}/#training?preset=mlp&epochs=3&learningRate=0.03&batchSize=7`);
    await page.reload();
    await page.getByText('batchSize: expected one of').waitFor();
    expect(await page.getByLabel('Epochs').inputValue()).toBe('4');
    await page.goto(`${lab.address}/#training?epochs=6`);
    await expect.poll(() => page.getByLabel('Epochs').inputValue()).toBe('6');
    await page.close();
  });

  test('the page for teachers prints sheets without answers, and removes everything', async () => {
    const page = await lab.open('teacher', NARROW);
    expect(await violationsOf(page)).toEqual([]);
    const pitfalls = page.getByText('What can go wrong');
    expect(await pitfalls.count()).toBe(0);
    await page.getByRole('button', { name: 'Show the answers' }).click();
    await page.getByRole('button', { name: 'Show them' }).click();
    expect(await pitfalls.count()).toBe(8);
    expect(await violationsOf(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const sheets = page.locator('.sheet:visible');
    expect(await sheets.count()).toBe(8);
    expect(await pitfalls.first().isVisible()).toBe(false);
    expect(await page.getByText('My explanation').first().isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => {
      globalThis.print = () => undefined;
    });
    await page.getByRole('button', { name: 'Print the sheet' }).nth(2).click();
    await page.emulateMedia({ media: 'print' });
    expect(await sheets.count()).toBe(1);
    expect(await sheets.getByRole('heading', { level: 2 }).textContent()).toBe('Lesson 3: Wrong labels');
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.getByRole('button', { name: 'Print with answers' }).first().click();
    await page.emulateMedia({ media: 'print' });
    expect(await sheets.getByRole('heading', { level: 2 }).textContent()).toMatch(/^Lesson 1:/);
    expect(await sheets.getByText('What can go wrong').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: 'Open the lesson' }).nth(1).click();
    await page.getByText('Lesson 2: Learning by heart').waitFor();
    await page.getByRole('button', { name: 'Set it up' }).click();
    await page.getByText('with 80 examples').waitFor();
    await page.evaluate(() => {
      location.hash = '#teacher';
    });
    expect(await page.getByText('What can go wrong').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove everything from this device' }).click();
    await page.getByRole('button', { name: 'Remove everything', exact: true }).click();
    await page.getByText('Continue with at least 2 classes').waitFor();
    await page.close();
  });

  test('the language is that of the browser, or the one that was chosen, and keeps the work', async () => {
    const page = await lab.open('data', { ...NARROW, locale: 'de-DE' });
    const name = page.getByLabel('Name der Klasse').first();
    expect(await name.inputValue()).toBe('Kreis');
    await page.getByLabel('Sprache').selectOption('en');
    await page.getByLabel('Name of the class').first().waitFor();
    await expect.poll(() => page.getByLabel('Name of the class').first().inputValue()).toBe('circle');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('button', { name: 'Eingebaute Ziffern verwenden' }).click();
    await page.getByText('Alle 250 zeigen').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByLabel('Sprache').selectOption('fa');
    await page.getByText('نمایش هر 250 نمونه').first().waitFor();
    const shown = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
    expect(shown).toEqual(['fa', 'rtl']);
    for (const view of ['network', 'teacher', 'training']) {
      await showView(page, view);
      expect(await violationsOf(page)).toEqual([]);
    }
    // Words are explained at the press of a key, within the window.
    const epoch = page.getByRole('button', { name: '«دوره» یعنی چه؟' }).first();
    await bringIntoView(epoch);
    await epoch.press('Enter');
    const note = page.locator('.term-note');
    await note.getByText('یک دور کامل آموزش').waitFor();
    const { x = -1, width = 400 } = (await note.boundingBox()) ?? {};
    expect(x >= 0 && x + width <= NARROW.viewport.width).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await note.count()).toBe(0);
    await showView(page, 'teacher');
    await page.reload();
    await page.getByRole('heading', { name: 'برای معلمان' }).waitFor();
    await page.close();
  });
});

/** Shows another view, and waits until it has the focus. */
async function showView(page: Page, view: string): Promise<void> {
  const before = await page.title();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, view);
  // The title changes together with the focus.
  await page.waitForFunction((title) => document.title !== title, before);
}

/** Scrolls to an element, and waits for the events of that, which close what is open. */
async function bringIntoView(element: Locator): Promise<void> {
  await element.evaluate(async (node) => {
    node.scrollIntoView({ block: 'center' });
    for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** The links of a lesson's steps to a view. */
function stepOf(page: Page, view: string) {
  return page.locator('.steps').getByRole('link', { name: view });
}

async function trainOnce(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByText('Finished', { exact: true }).waitFor();
}
