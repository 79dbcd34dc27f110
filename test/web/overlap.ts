/** Elements that end outside of their container, except for what scrolls. */
export function tooWide(): string[] {
  return [...document.querySelectorAll('main *, header *')].flatMap((element) => {
    const parent = element.parentElement;
    const isExempt =
      parent === null ||
      element instanceof SVGElement ||
      parent.closest('.table-scroll, .class-counts, .visually-hidden, svg') !== null;
    if (isExempt || element.getClientRects().length === 0) return [];
    const [box, around] = [element.getBoundingClientRect(), parent.getBoundingClientRect()];
    if (box.left >= around.left - 1 && box.right <= around.right + 1) return [];
    return [`${element.tagName} ${element.className}: ${element.textContent.slice(0, 40)}`];
  });
}

/** Pairs of elements whose texts overlap. */
export function overlaps(selector: string): string[] {
  const texts = [...document.querySelectorAll(selector)].map((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
    return {
      content: element.textContent,
      left: Math.max(text.left, box.left),
      right: Math.min(text.right, box.right),
      top: Math.max(text.top, box.top),
      bottom: Math.min(text.bottom, box.bottom),
    };
  });
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5,
      )
      .map((b) => `${a.content} and ${b.content}`),
  );
}
