import { Context } from '@temporalio/activity';
import { findTemplate } from '../templates/library.ts';
import { surveyTitles } from '../templates/survey-dimensions.ts';
import { trainingTitles } from '../templates/training-topics.ts';
import type { Activities } from '../activities/index.ts';
import type { TitleSource } from '../activities/mail/context.ts';
import { type Pace, UNLIMITED } from '../activities/mail/pace.ts';
import { createNotifyAll } from '../activities/notify-all.ts';
import { createNoticeQueue } from '../activities/notice-queue.ts';
import { type NotifyDeps, createDeliver, createNotify } from '../activities/notify.ts';
import { createRecordProcess } from '../activities/record-process.ts';
import { createRecord } from '../activities/record.ts';
import { createStoredCommands } from '../activities/stored-commands.ts';
import { createAnalyse } from '../activities/survey-analyse.ts';
import { createOpenProcesses } from '../activities/open-processes.ts';
import { createEffectTargets } from '../activities/survey-effect.ts';
import { createCountCases } from '../activities/case-count.ts';
import { createCountVisits } from '../activities/visit-count.ts';
import { createGatherFigures } from '../activities/evaluation-figures.ts';
import { createInvite } from '../activities/survey-invite.ts';

/** All that the workflows may ask of the world, over one database and one mail transport. */
export function createActivities(
  deps: Omit<NotifyDeps, 'titles'> & { pace?: Pace; bundle: string; sdk: string },
): Activities {
  const { database, clock, killPoint, pace = UNLIMITED, bundle, sdk, from } = deps;
  const messageIdHost = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
  const deliver = createNoticeQueue(createDeliver({ ...deps, titles: templateTitles }), pace);
  const heartbeat = (): void => Context.current().heartbeat();
  const recording = { database, clock, bundle, sdk, messageIdHost, killPoint };
  return {
    record: createRecord(recording),
    recordProcess: createRecordProcess(recording),
    storedCommands: createStoredCommands({ database }),
    notify: createNotify(deliver),
    notifyAll: createNotifyAll(deliver, { heartbeat }),
    invite: createInvite({ ...deps, heartbeat }),
    analyse: createAnalyse({ database }),
    effectTargets: createEffectTargets({ database }),
    countVisits: createCountVisits({ database }),
    countCases: createCountCases({ database }),
    gatherFigures: createGatherFigures({ database }),
    openProcesses: createOpenProcesses({ database }),
  };
}

/** Titles and wording as the template that an agreement was made from has them. */
const templateTitles: TitleSource = (reference) => {
  const found = findTemplate(reference);
  if ('problem' in found) throw new Error(`template ${reference} is not here`);
  const { dimensions } = surveyTitles(found.template);
  return {
    ...found.template,
    dimensions: [
      ...Object.entries(dimensions).map(([id, title]) => ({ id, title })),
      // What evaluations score that no survey asks about.
      ...found.template.rules
        .flatMap((rule) => (rule.kind === 'evaluation' ? rule.scores : []))
        .filter(({ id }) => !Object.hasOwn(dimensions, id)),
    ],
    topics: Object.entries(trainingTitles(found.template)).map(([id, title]) => ({ id, title })),
  };
};
