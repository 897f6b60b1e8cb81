/** Some items of an export. */
export interface ExportPart {
  /** In JSON, one a line; "" for none. */
  lines: string;
  items: number;
}
