import { encode as base64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode as quotedPrintable, wrap as wrapQuotedPrintable } from 'nodemailer/lib/qp';

/**
 * A message (RFC 5322, RFC 2045) with the very bytes that nodemailer's own stream gives. That one leads each part through
 * streams and turns of the event loop of its own: made for attachments of any size, and most of what a small mail costs.
 */
export function mimeText(node: MimeNode): string {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (!node.multipart) return head + encoded(node);
  const parts = node.childNodes.map((child) => `--${String(node.boundary)}\r\n${mimeText(child)}\r\n`);
  return `${head}${parts.join('')}--${String(node.boundary)}--\r\n`;
}

function encoded(node: MimeNode): string {
  const { content = '' } = node;
  if (Buffer.isBuffer(content)) return wrapBase64(base64(content));
  if (typeof content !== 'string') throw new Error('a part of a mail is neither a text nor a file');
  switch (node.getTransferEncoding()) {
    case 'base64':
      return wrapBase64(base64(content));
    case 'quoted-printable':
      return wrapQuotedPrintable(quotedPrintable(content));
    default:
      return content;
  }
}
