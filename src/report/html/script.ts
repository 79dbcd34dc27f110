/** Progressive enhancement: tooltips for the marks of charts, and a gallery that opens when a link to one of its entries is followed. */
export const script = `
const tooltip = document.createElement('div');
tooltip.id = 'tooltip';
tooltip.hidden = true;
document.body.append(tooltip);
const show = (event) => {
  const mark = event.target.closest?.('[role="graphics-symbol"][aria-label]');
  tooltip.hidden = !mark;
  if (!mark) return;
  tooltip.textContent = mark.getAttribute('aria-label');
  const box = tooltip.getBoundingClientRect();
  tooltip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 4)) + 'px';
  const below = event.clientY + 18;
  tooltip.style.top = (below + box.height > innerHeight ? event.clientY - box.height - 10 : below) + 'px';
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
