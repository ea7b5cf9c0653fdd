import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { NoticeFacts } from '../domain/agreement/notice.ts';
import { partyOf } from '../domain/agreement/parties.ts';
import { restoreProcess } from '../domain/process/snapshot.ts';
import type { TrainingInput } from '../domain/training/compiled.ts';
import type { TrainingState } from '../domain/training/state.ts';
import type { Text } from '../domain/time.ts';
import { instantAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import { type Certificate, certificatePdf } from './certificate.ts';
import type { TemplateTitles } from './mail/context.ts';
import type { Attachment } from './mail/transport.ts';
import type { ClaimedNotice } from './notice-claims.ts';

/** What a template calls itself and what its training teaches. */
type Titles = (template: string) => Pick<TemplateTitles, 'title' | 'topics'>;

/** The certificate that somebody was given in a session, with names as they are now; undefined where they have none. */
export async function certificateOf(
  database: Database,
  { workflowId, trainee: personId, titles }: { workflowId: string; trainee: string; titles: Titles },
): Promise<Certificate | undefined> {
  const [row, person] = await Promise.all([
    database.process.findUnique({ where: { workflowId }, include: { agreement: true } }),
    database.person.findUnique({ where: { id: personId }, include: { organisation: true } }),
  ]);
  if (row?.type !== 'training') return undefined;
  const input = row.input as unknown as TrainingInput;
  const state = restoreProcess<TrainingState>('training', input, row.snapshot as object | null, row.sequence);
  const trainee = state.trainees.find((one) => one.personId === personId);
  if (!trainee?.certificate) return undefined;
  const { number, issuedOn } = trainee.certificate;
  const { template, draft, compiled } = row.agreement;
  const { title, topics = [] } = titles(template);
  const { parties } = draft as { parties?: Record<string, { name?: string }> };
  const side = partyOf(compiled as unknown as CompiledAgreement, input.training.organiser);
  const words = topics.filter(({ id }) => input.topics.includes(id)).map((topic): Text => topic.title);
  return {
    number,
    name: person && person.erasedAt === null ? person.name : '—',
    organisation: person && person.erasedAt === null ? person.organisation.name : null,
    topics: words,
    trainedOn: trainee.attendedOn,
    examinedOn: issuedOn,
    issuer: parties?.[side]?.name ?? side,
    agreement: title,
    issuedAtMs: instantAt(input.zone, issuedOn, '12:00'),
  };
}

/** What a certificate's mail brings along (S001b-15); nothing where the notice is of another kind. */
export async function attachmentsOf(
  { database, titles }: { database: Database; titles: Titles },
  { id, kind, facts }: Pick<ClaimedNotice, 'id' | 'kind' | 'facts'>,
  language: string,
): Promise<Attachment[]> {
  const { trainee } = facts as NoticeFacts;
  if (kind !== 'certificate-issued' || trainee === undefined) return [];
  const workflowId = id.slice(0, id.lastIndexOf('/n'));
  const certificate = await certificateOf(database, { workflowId, trainee, titles });
  if (!certificate) return [];
  const content = await certificatePdf(certificate, language === 'zh' ? 'zh' : 'en');
  return [{ filename: `${certificate.number}.pdf`, content, contentType: 'application/pdf' }];
}
