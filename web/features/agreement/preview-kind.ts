/** What a browser can show of a file without running anything of it. */
type PreviewKind = 'image' | 'pdf' | 'text';

/** How a file of a type is shown; null: it is downloaded. */
export function previewKind(type: string): PreviewKind | null {
  if (type === 'application/pdf') return 'pdf';
  if (type === 'text/plain' || type === 'text/csv') return 'text';
  return type === 'image/png' || type === 'image/jpeg' ? 'image' : null;
}
