import { expect, test } from 'vitest';
import { element, escapeMarkup, openTag, textElement } from '#inkling/report/markup.js';

test('escapes special characters and replaces forbidden ones', () => {
  expect(escapeMarkup(`<a href="x" id='y'>&amp;`)).toBe(
    '&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;',
  );
  expect(escapeMarkup('\u0000\u0007\u009f\ud800\uffff\u202e\u2066')).toBe('\ufffd'.repeat(7));
  expect(escapeMarkup('tab\tline\nπ \u{1f600}')).toBe('tab\tline\nπ \u{1f600}');
});

test('renders elements', () => {
  expect(element('g', { x: 1, y: undefined, title: '"' }, '<b/>', '2')).toBe(
    '<g x="1" title="&quot;"><b/>2</g>',
  );
  expect(textElement('text', {}, '<')).toBe('<text>&lt;</text>');
  expect(openTag('meta', { charset: 'utf-8' })).toBe('<meta charset="utf-8">');
});
