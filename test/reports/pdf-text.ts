import { inflateSync } from 'node:zlib';

/** The words of a PDF that pdfkit wrote, page by page: its glyphs read back through the ToUnicode maps of its fonts. */
export function pdfPages(bytes: Buffer): string[] {
  const file = bytes.toString('latin1');
  const objects = new Map(
    Array.from(file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g), ([, id = '', body = '']) => [id, body]),
  );
  const streamOf = (id: string): string => {
    const body = objects.get(id) ?? '';
    const [, raw = ''] = /stream\r?\n([\s\S]*?)\r?\nendstream/.exec(body) ?? [];
    const data = Buffer.from(raw, 'latin1');
    return (/FlateDecode/.test(body) ? inflateSync(data) : data).toString('latin1');
  };
  const fonts = new Map(
    [...objects].flatMap(([id, body]) => {
      const [, map] = /\/ToUnicode (\d+) 0 R/.exec(body) ?? [];
      return map === undefined ? [] : [[id, unicodeMap(streamOf(map))] as const];
    }),
  );
  return [...objects.values()]
    .filter((body) => /\/Type \/Page\b(?!s)/.test(body))
    .map((page) => {
      const [, content = ''] = /\/Contents (\d+) 0 R/.exec(page) ?? [];
      const [, resources = ''] = /\/Resources (\d+) 0 R/.exec(page) ?? [];
      const names = new Map(
        Array.from((objects.get(resources) ?? page).matchAll(/\/(F\d+) (\d+) 0 R/g), ([, name = '', id = '']) => [
          name,
          id,
        ]),
      );
      return textOf(streamOf(content), (name) => fonts.get(names.get(name) ?? ''));
    });
}

function unicodeMap(cmap: string): Map<number, string> {
  const map = new Map<number, string>();
  for (const [, first = '', list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    Array.from(list.matchAll(/<([0-9a-f ]*)>/gi)).forEach(([, hex = ''], index) => {
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      map.set(
        Number.parseInt(first, 16) + index,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    });
  }
  return map;
}

function textOf(content: string, fontOf: (name: string) => Map<number, string> | undefined): string {
  let font: Map<number, string> | undefined;
  let text = '';
  for (const [, name, hex, ends] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>|(\bET\b)/gi)) {
    if (name !== undefined) font = fontOf(name);
    if (hex !== undefined)
      for (const glyph of hex.match(/.{4}/g) ?? []) text += font?.get(Number.parseInt(glyph, 16)) ?? '';
    if (ends !== undefined) text += '\n';
  }
  return text;
}
