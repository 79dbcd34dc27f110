/** Opens the gallery when a link to one of its entries is followed. */
export function openGalleries(): void {
  addEventListener('hashchange', openGallery);
  openGallery();
}

function openGallery(): void {
  const entry = document.getElementById(location.hash.slice(1));
  const gallery = entry?.closest('details');
  if (entry === null || gallery === null || gallery === undefined || gallery === entry) return;
  gallery.open = true;
  entry.scrollIntoView({ block: 'nearest' });
}
