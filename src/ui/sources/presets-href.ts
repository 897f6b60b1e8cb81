/** The address of the presets, or of the form of one. Apart from what reads it, which brings a library of schemas. */
export function presetsHref(preset?: string): string {
  return preset ? `/sources?tab=presets&preset=${preset}` : "/sources?tab=presets";
}
