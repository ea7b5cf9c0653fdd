import { Readable } from 'node:stream';
import { z } from 'zod';
import { MEDIA_TYPES, REPORT_FORMATS } from '../reports/make-report.ts';
import { REPORT_CSP } from '../reports/html.ts';
import { route } from '../route.ts';
import { idParams } from '../schemas.ts';
import { newRisk } from '../risks/bodies.ts';
import { registerRisk } from '../risks/registering.ts';
import { riskReport } from '../risks/report.ts';
import * as schemas from '../risks/schema.ts';
import { riskView, risksOf } from '../risks/view.ts';

export const listRisks = route({
  id: 'listRisks',
  method: 'get',
  path: '/agreements/{id}/risks',
  summary: 'The register of risks, the highest first, and what the contract says of it',
  access: 'record.read',
  params: idParams,
  answers: { 200: { description: 'The register', schema: schemas.riskList } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await risksOf(deps, { agreementId: params.id, reader: principal }),
  }),
});

export const getRisk = route({
  id: 'getRisk',
  method: 'get',
  path: '/agreements/{id}/risks/{risk}',
  summary: 'One risk with its ratings, measures, warnings and log, and what may be done now',
  access: 'record.read',
  params: schemas.riskParams,
  answers: { 200: { description: 'The risk', schema: schemas.risk } },
  handle: async ({ deps, params, principal }) => ({
    status: 200,
    body: await riskView(deps, { agreementId: params.id, id: params.risk, reader: principal }),
  }),
});

export const postRisk = route({
  id: 'registerRisk',
  method: 'post',
  path: '/agreements/{id}/risks',
  summary: 'Put a risk on the register, with an emergency plan where its level needs one',
  access: 'agreements.act',
  params: idParams,
  body: newRisk,
  answers: {
    201: { description: 'It is on the register', schema: schemas.registeredRisk },
    202: { description: 'Kept; the engine is away, and it begins later', schema: schemas.registeredRisk },
  },
  handle: (context) => registerRisk(context),
});

export const getRiskReport = route({
  id: 'getRiskReport',
  method: 'get',
  path: '/agreements/{id}/risk-report.{format}',
  summary: 'The risk report, made from the register: identification, assessment and measures as they stand',
  access: 'record.read',
  params: idParams.extend({ format: z.enum(REPORT_FORMATS) }),
  query: z.object({
    language: z
      .enum(['zh', 'en'])
      .optional()
      .meta({ description: 'Without it, the language that the request prefers' }),
  }),
  answers: {
    200: {
      description: 'A page without scripts (html), a PDF, or a workbook (xlsx)',
      schema: z.string(),
      mediaType: 'application/octet-stream',
    },
  },
  handle: async ({ deps, params, query, language: preferred, principal }) => {
    const { format } = params;
    const language = query.language ?? preferred;
    const bytes = await riskReport(deps, { agreementId: params.id, format, language, reader: principal });
    return {
      status: 200,
      headers: {
        'Content-Type': MEDIA_TYPES[format],
        'Content-Disposition': `${format === 'html' ? 'inline' : 'attachment'}; filename="risk-report.${language}.${format}"`,
        ...(format === 'html' ? { 'Content-Security-Policy': REPORT_CSP } : {}),
      },
      stream: Readable.from([bytes]),
    };
  },
});
