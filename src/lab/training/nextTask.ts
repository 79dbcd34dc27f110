/** Lets the page handle events: what takes long is divided into several tasks. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
