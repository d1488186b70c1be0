/** Tells whoever works on the present settings that they are about to change, before the change is anywhere. */
export const handOnSettings = new EventTarget()

export function settingsChange(): void {
  handOnSettings.dispatchEvent(new Event('change'))
}
