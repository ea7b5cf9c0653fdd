/** What a spreadsheet takes for a formula (OWASP, CSV Injection). */
const STARTS = /^[=+\-@\t\r]/;

/** Whether a spreadsheet could take a cell for a formula, neutralised or not. */
export function isFormula(cell: string): boolean {
  return STARTS.test(cell) || STARTS.test(unquoted(cell));
}

/** A cell that a spreadsheet takes for text. */
export function neutralised(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell;
}

/** What `neutralised` was given. */
export function unquoted(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
