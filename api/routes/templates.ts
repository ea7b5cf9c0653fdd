import { z } from 'zod';
import { templateContents } from '../../templates/contents.ts';
import { describeTemplate } from '../../templates/description.ts';
import { findTemplate, newestTemplates } from '../../templates/library.ts';
import { templateContents as contentsSchema } from '../clauses/schema.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';

export const getTemplates = route({
  id: 'listTemplates',
  method: 'get',
  path: '/templates',
  summary: 'The kinds of agreement, newest version first',
  access: 'templates.read',
  answers: { 200: { description: 'All templates', schema: schemas.templates } },
  handle: () => Promise.resolve({ status: 200, body: { items: newestTemplates().map(describeTemplate) } }),
});

export const getTemplate = route({
  id: 'getTemplate',
  method: 'get',
  path: '/templates/{template}',
  summary: 'One kind of agreement, by id (its newest version) or id@version',
  access: 'templates.read',
  params: z.object({ template: z.string().max(200) }),
  answers: { 200: { description: 'The template', schema: schemas.template } },
  handle: ({ params }) => {
    const found = findTemplate(params.template);
    if ('problem' in found) throw new Problem('unknown-template');
    return Promise.resolve({ status: 200, body: describeTemplate(found.template) });
  },
});

export const getTemplateContents = route({
  id: 'getTemplateContents',
  method: 'get',
  path: '/templates/{template}/contents',
  summary: 'All that a kind of agreement consists of: parties, terms, duties with rules and dates in words, money',
  access: 'templates.read',
  params: z.object({ template: z.string().max(200) }),
  answers: { 200: { description: 'The contents', schema: contentsSchema } },
  handle: ({ params }) => {
    const found = findTemplate(params.template);
    if ('problem' in found) throw new Problem('unknown-template');
    return Promise.resolve({ status: 200, body: templateContents(found.template) });
  },
});
