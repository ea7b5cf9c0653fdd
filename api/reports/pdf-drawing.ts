type Document = PDFKit.PDFDocument;

interface Place {
  x: number;
  y: number;
  width: number;
}

const ELEMENT = /<(path|rect|text|g|\/g)([^>]*?)\/?>(?:([^<]*)<\/text>)?/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Draws what `chartSvg` drew: paths, rectangles and lines of text with their presentation attributes and shifts. It knows no
 * other SVG.
 * @returns the height that it took
 */
export function drawSvg(doc: Document, svg: string, { x, y, width }: Place): number {
  const [, full = '1', tall = '1'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const scale = width / Number(full);
  doc.save().translate(x, y).scale(scale);
  for (const [, tag, rest = '', content] of svg.matchAll(ELEMENT)) {
    if (tag === '/g') doc.restore();
    else if (tag === 'g') shift(doc.save(), attributesOf(rest));
    else draw(doc, tag as 'path' | 'rect' | 'text', attributesOf(rest), content);
  }
  doc.restore();
  return Number(tall) * scale;
}

type Attributes = Record<string, string>;

function attributesOf(text: string): Attributes {
  return Object.fromEntries(
    Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, value]),
  );
}

function draw(doc: Document, tag: 'path' | 'rect' | 'text', own: Attributes, content = ''): void {
  shift(doc.save(), own);
  if (tag === 'text') write(doc, own, content);
  else {
    if (tag === 'rect') doc.rect(number(own, 'x'), number(own, 'y'), number(own, 'width'), number(own, 'height'));
    else doc.path(own['d'] ?? '');
    paint(doc, own);
  }
  doc.restore();
}

function shift(doc: Document, { transform = '' }: Attributes): void {
  const [, kind, values = ''] = /(translate|matrix)\(([^)]*)\)/.exec(transform) ?? [];
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values.split(/[ ,]+/).map(Number);
  if (kind === 'translate') doc.translate(a, b);
  if (kind === 'matrix') doc.transform(a, b, c, d, e, f);
}

function paint(doc: Document, own: Attributes): void {
  const { fill = '#000', stroke = 'none' } = own;
  doc.lineWidth(Number(own['stroke-width'] ?? 1));
  const dashes = (own['stroke-dasharray'] ?? '').split(/[ ,]+/).filter(Boolean).map(Number);
  if (dashes.length > 0) doc.dash(dashes[0] ?? 1, { space: dashes[1] ?? dashes[0] ?? 1 });
  if (fill !== 'none' && stroke !== 'none') doc.fillAndStroke(fill, stroke);
  else if (fill !== 'none') doc.fill(fill);
  else if (stroke !== 'none') doc.stroke(stroke);
  else doc.path('M0 0').stroke('#fff'); // ends the path, which paints nothing
  if (dashes.length > 0) doc.undash();
}

function write(doc: Document, own: Attributes, content: string): void {
  const text = content.replace(/&(?:#(\d+)|(\w+));/g, (entity, code?: string, name?: string) =>
    code === undefined ? (ENTITIES[name ?? ''] ?? entity) : String.fromCodePoint(Number(code)),
  );
  const size = Number.parseFloat(own['font-size'] ?? '12');
  doc.fontSize(size).fillColor(own['fill'] ?? '#000');
  const width = doc.widthOfString(text);
  const left = { start: 0, middle: width / 2, end: width }[own['text-anchor'] ?? 'start'] ?? 0;
  const baseline = own['dominant-baseline'] === 'central' ? 'middle' : 'alphabetic';
  doc.text(text, number(own, 'x') - left, number(own, 'y'), { lineBreak: false, baseline });
}

function number(own: Attributes, name: string): number {
  return Number(own[name] ?? 0);
}
