/** Pages have no image files, whose original sizes it depends on. */
export function backboneNotices(): string[] {
  return [];
}
