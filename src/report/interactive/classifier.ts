/** What the program that classifies reads from its document, by the name that it has there. */
const CONTENTS = ['texts', 'model'];
/** How far from the visible part of the page it is started, in CSS pixels. */
const AHEAD = '300px';
/** Below what it shows, in CSS pixels. */
const MARGIN = 24;

/** Starts the program that classifies when its place comes into view, in a frame, so that its styles apply to nothing else. */
export function startClassifier(): void {
  const place = document.getElementById('classifier');
  if (place === null) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      addFrame(place);
    },
    { rootMargin: AHEAD },
  );
  observer.observe(place);
}

function addFrame(place: HTMLElement): void {
  const frame = document.createElement('iframe');
  frame.title = place.getAttribute('aria-label') ?? '';
  frame.srcdoc = '<!doctype html>';
  frame.addEventListener(
    'load',
    () => {
      if (frame.contentDocument !== null) fill(frame, frame.contentDocument);
    },
    { once: true },
  );
  place.append(frame);
}

function fill(frame: HTMLIFrameElement, inner: Document): void {
  inner.documentElement.lang = document.documentElement.lang;
  const app = inner.createElement('div');
  app.id = 'app';
  inner.body.append(app);
  for (const name of CONTENTS) {
    inner.body.append(scriptIn(inner, { id: name, type: 'text/plain', text: contentOf(name) }));
  }
  new ResizeObserver(() => {
    frame.style.height = `${app.getBoundingClientRect().bottom + inner.documentElement.scrollTop + MARGIN}px`;
  }).observe(app);
  inner.body.append(scriptIn(inner, { text: contentOf('program') }));
}

function contentOf(name: string): string {
  return document.getElementById(`classifier-${name}`)?.textContent ?? '';
}

function scriptIn(inner: Document, properties: Partial<HTMLScriptElement>): HTMLScriptElement {
  return Object.assign(inner.createElement('script'), properties);
}
