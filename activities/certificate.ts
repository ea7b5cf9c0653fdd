import PDFDocument from 'pdfkit';
import type { Instant, LocalDate, Text } from '../domain/time.ts';
import { PDF_FONTS } from './pdf-fonts.ts';

/** What a certificate of training says. */
export interface Certificate {
  number: string;
  /** Whoever passed; erased: a dash. */
  name: string;
  organisation: string | null;
  topics: Text[];
  trainedOn: LocalDate[];
  examinedOn: LocalDate;
  /** Who trained and examined. */
  issuer: string;
  /** The agreement under which it was. */
  agreement: Text;
  issuedAtMs: Instant;
}

const INK = '#1f2937';
const SOFT = '#4b5563';
const BLUE = '#2b6cb0';
const PAGE = { width: 841.89, height: 595.28 };
const FRAME = 30;
const WIDTH = PAGE.width - 2 * 90;

/** A certificate as a PDF (A4 across) with its fonts inside; the same bytes for the same certificate. */
export async function certificatePdf(certificate: Certificate, language: 'zh' | 'en'): Promise<Buffer> {
  const made = new Date(certificate.issuedAtMs);
  const words = language === 'zh' ? chinese(certificate) : english(certificate);
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margins: { top: 70, bottom: 40, left: 90, right: 90 },
    lang: language === 'zh' ? 'zh-Hans' : 'en',
    displayTitle: true,
    info: {
      Title: `${words.title} ${certificate.number}`,
      Creator: 'Abide',
      Producer: 'Abide',
      CreationDate: made,
      ModDate: made,
    },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done, failed) => {
    doc.on('end', done);
    doc.on('error', failed);
  });
  doc.registerFont('regular', PDF_FONTS.regular);
  doc.registerFont('bold', PDF_FONTS.bold);
  const inner = FRAME + 6;
  doc
    .lineWidth(2)
    .strokeColor(BLUE)
    .rect(FRAME, FRAME, PAGE.width - 2 * FRAME, PAGE.height - 2 * FRAME)
    .stroke();
  doc
    .lineWidth(0.5)
    .rect(inner, inner, PAGE.width - 2 * inner, PAGE.height - 2 * inner)
    .stroke();
  const centred = { width: WIDTH, align: 'center' as const };
  doc.font('bold').fontSize(34).fillColor(BLUE).text(words.title, 90, 78, centred);
  doc.font('regular').fontSize(11).fillColor(SOFT).text(words.number, 90, 128, centred);
  doc.font('bold').fontSize(26).fillColor(INK).text(certificate.name, 90, 172, centred);
  if (certificate.organisation !== null) {
    doc.font('regular').fontSize(13).fillColor(SOFT).text(certificate.organisation, 90, 210, centred);
  }
  doc
    .font('regular')
    .fontSize(15)
    .fillColor(INK)
    .text(words.body, 90, 250, { ...centred, lineGap: 8, height: 185, ellipsis: true });
  doc.fontSize(12).fillColor(SOFT).text(words.under, 90, 448, centred);
  doc.font('bold').fontSize(14).fillColor(INK).text(words.issuer, 90, 486, centred);
  doc.font('regular').fontSize(12).text(words.issuedOn, 90, 510, centred);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

interface Words {
  title: string;
  number: string;
  body: string;
  under: string;
  issuer: string;
  issuedOn: string;
}

function chinese({ number, topics, trainedOn, examinedOn, issuer, agreement }: Certificate): Words {
  const about = topics.length === 0 ? '' : `（${topics.map(({ zh }) => zh).join('、')}）`;
  return {
    title: '培训证书',
    number: `证书编号：${number}`,
    body: `于 ${trainedOn.join('、')} 参加培训${about}，\n并于 ${examinedOn} 通过考核，成绩合格，特发此证。`,
    under: `依据：${agreement.zh}`,
    issuer,
    issuedOn: `颁发日期：${examinedOn}`,
  };
}

function english({ number, topics, trainedOn, examinedOn, issuer, agreement }: Certificate): Words {
  const about = topics.length === 0 ? '' : ` (${topics.map(({ en }) => en).join(', ')})`;
  return {
    title: 'Certificate of training',
    number: `Certificate ${number}`,
    body: `took part in training${about} on ${trainedOn.join(', ')}\nand passed the examination on ${examinedOn}.`,
    under: `Under: ${agreement.en}`,
    issuer,
    issuedOn: `Issued on ${examinedOn}`,
  };
}
