/**
 * What the page adds where scripts run: the words of a mark beside the pointer, and a gallery that opens when a link leads
 * into it. Without it nothing is missing that the page says.
 */
export const script = `
const tip = document.createElement('div');
tip.id = 'tip';
tip.hidden = true;
document.body.append(tip);
const show = (event) => {
  const mark = event.target.closest?.('[role="graphics-symbol"][aria-label]');
  tip.hidden = !mark;
  if (!mark) return;
  tip.textContent = mark.getAttribute('aria-label');
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 4)) + 'px';
  const below = event.clientY + 18;
  tip.style.top = (below + box.height > innerHeight ? event.clientY - box.height - 10 : below) + 'px';
};
addEventListener('pointermove', show);
addEventListener('pointerdown', show);
const open = () => {
  const entry = document.getElementById(location.hash.slice(1));
  const gallery = entry?.closest('details');
  if (!gallery || gallery === entry) return;
  gallery.open = true;
  entry.scrollIntoView({ block: 'nearest' });
};
addEventListener('hashchange', open);
open();
`;
