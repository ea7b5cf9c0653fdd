import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The package names its fonts by the folder beside its entry, which is all that it exports. */
const entry = createRequire(import.meta.url).resolve('@embedpdf/fonts-sc');
const face = (name: string): string => join(dirname(entry), '..', 'fonts', name);

/** Open Font License: Latin, Greek and simplified Chinese in one face; a PDF holds the glyphs that it uses. */
export const PDF_FONTS = { regular: face('NotoSansHans-Regular.otf'), bold: face('NotoSansHans-Bold.otf') };
