import { z } from 'zod';
import { attachedContent, attachedFiles } from '../answers/attached.ts';
import { cycleToEnter } from '../answers/entry.ts';
import { route } from '../route.ts';
import { text } from '../schemas.ts';
import { surveyParams } from '../surveys/schema.ts';

const FILES = '/agreements/{id}/surveys/{survey}/files';

export const listAnswerFiles = route({
  id: 'listAnswerFiles',
  method: 'get',
  path: FILES,
  summary:
    'Files that came with the answers of a cycle; of anonymous ones once it is over, and of five answers or more',
  access: 'record.read',
  params: surveyParams,
  answers: {
    200: {
      description: 'In the order of the questions',
      schema: z
        .object({
          items: z.array(
            z.object({
              id: z.uuid(),
              question: z.string(),
              title: text,
              fileName: z.string(),
              size: z.int(),
              type: z.string(),
              sha256: z.string(),
              late: z.boolean().meta({ description: 'Its answer came after the close and does not count' }),
              customer: z
                .object({ id: z.uuid(), key: z.string(), name: z.string() })
                .nullable()
                .meta({ description: 'Null where answers are anonymous, or came by an open link' }),
            }),
          ),
          withheld: z.boolean().meta({ description: 'Some may be there and are not shown, or not yet' }),
        })
        .meta({ id: 'AnswerFiles' }),
    },
  },
  handle: async ({ deps, params }) => ({
    status: 200,
    body: await attachedFiles(deps.database, await cycleToEnter(deps, params.id, params.survey)),
  }),
});

export const getAnswerFileContent = route({
  id: 'downloadAnswerFile',
  method: 'get',
  path: `${FILES}/{file}/content`,
  summary: 'The bytes of a file that came with an answer, checked before they leave; every download is logged',
  access: 'record.read',
  params: surveyParams.extend({ file: z.uuid() }),
  answers: { 200: { description: 'The file', schema: z.string(), mediaType: 'application/octet-stream' } },
  handle: async ({ deps, params, principal }) =>
    attachedContent(deps, await cycleToEnter(deps, params.id, params.survey), { file: params.file, principal }),
});
