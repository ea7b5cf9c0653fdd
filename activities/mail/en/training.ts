import type { NoticeContext, NoticeText, Wording } from '../context.ts';
import { capital, date, days, detail, dueDetails, list, role, rung, until } from './phrases.ts';

/** Training: sessions, examinations, certificates. */
export const trainingTexts: Pick<
  Wording['texts'],
  | 'training-invitation'
  | 'training-reminder'
  | 'training-cancelled'
  | 'training-feedback-request'
  | 'exam-reminder'
  | 'exam-failed'
  | 'retake-reminder'
  | 'certificate-issued'
> = {
  'training-invitation': (c) => {
    const moved = c.notice.facts.status === 'moved';
    return {
      subject: `${moved ? 'New date' : 'Please take part'}: ${training(c)} on ${day(c)}`,
      heading: `${capital(training(c))} is ${moved ? 'moved to' : 'planned for'} ${day(c)}`,
      paragraphs: [
        moved
          ? `${capital(training(c))}, for which you are enrolled, takes place on ${day(c)} instead.`
          : `You are enrolled: ${training(c)} takes place on ${day(c)}.`,
        'Its organiser tells you the time and the place. If you cannot come, please tell them soon.',
      ],
      details: session(c, 'Takes place on'),
    };
  },

  'training-reminder': (c) =>
    isTrainee(c)
      ? {
          subject: `Coming up: ${training(c)} on ${day(c)}`,
          heading: `${capital(training(c))} takes place on ${day(c)}`,
          paragraphs: [
            `You are enrolled: ${training(c)} takes place on ${day(c)}. If you cannot come, please tell its organiser soon.`,
          ],
          details: session(c, 'Takes place on'),
        }
      : reminder(c, {
          demand: `hold ${training(c)}`,
          label: 'Planned until the end of',
          more: 'Afterwards, sign in and enter the day and who was there. If it cannot be held on that day, give it another day or call it off.',
        }),

  'training-cancelled': (c) => {
    const off = c.notice.facts.status === 'withdrawn';
    return {
      subject: off ? `No longer enrolled: ${training(c)} on ${day(c)}` : `Called off: ${training(c)} on ${day(c)}`,
      heading: off ? 'You are not enrolled any more' : 'The training is called off',
      paragraphs: [
        off
          ? `You are no longer on the list for ${training(c)} on ${day(c)} and need not come.`
          : `${capital(training(c))}, planned for ${day(c)}, does not take place.`,
      ],
      details: session(c, 'Was planned for'),
    };
  },

  'training-feedback-request': (c) => ({
    subject: `What did you think of ${training(c)}?`,
    heading: 'Please say what you thought of the training',
    paragraphs: [
      `Thank you for taking part in ${training(c)}${on(c)}. Please tell its organiser what you thought of it: from 1 (poor) to 5 (very good), and what was useful or should change.`,
      'What you say is used to improve later training.',
    ],
    details: [...detail('Held on', c.notice.facts.on, date), ...common(c)],
  }),

  'exam-reminder': (c) =>
    reminder(c, {
      demand: `hold the examination after ${training(c)}`,
      label: 'Examination due',
      more: 'Afterwards, sign in and enter the mark of each person.',
    }),

  'retake-reminder': (c) =>
    reminder(c, {
      demand: 'train those who failed again',
      label: 'Repeated training due',
      more: 'Afterwards, sign in and enter the day and who was there; then they are examined again.',
    }),

  'exam-failed': (c) => {
    const { status, round = 1 } = c.notice.facts;
    const whom = isTrainee(c) ? 'you' : (c.people.trainee ?? 'a trainee');
    const again = status === 'retraining';
    const before = c.due ? ` by ${until(c)}` : '';
    return {
      subject: isTrainee(c)
        ? `You did not pass${again ? `: please repeat the training${before}` : ''}`
        : `${capital(whom)} did not pass${again ? `: arrange the repeated training${before}` : ''}`,
      heading: `${capital(whom)} did not pass the examination${round > 1 ? ` (attempt ${round})` : ''}`,
      paragraphs: [
        `In the examination after ${training(c)}${on(c)}, ${whom} did not reach the pass mark.`,
        again
          ? `Under the agreement, whoever fails is trained again${before} and then examined again, as often as it takes. Until then there is no certificate.`
          : 'There is no certificate before the examination is passed.',
      ],
      details: [...marks(c), ...dueDetails(c, 'Repeated training due'), ...common(c)],
    };
  },

  'certificate-issued': (c) => ({
    subject: `You passed: certificate ${c.notice.facts.certificate ?? ''}`,
    heading: 'You passed; your certificate has been issued',
    paragraphs: [`You passed the examination after ${training(c)}${on(c)}. Your certificate is attached.`],
    details: [...detail('Certificate', c.notice.facts.certificate, String), ...marks(c), ...common(c)],
  }),
};

/** A rung of a ladder of whoever organises it. */
function reminder(
  c: NoticeContext,
  { demand, label, more }: { demand: string; label: string; more: string },
): NoticeText {
  const { rungs = [] } = c.notice;
  const { daysLate = 0, count, seat } = c.notice.facts;
  const overdue = c.phase === 'overdue' || daysLate > 0;
  const owes = seat === undefined ? 'the organiser' : role(c, seat);
  const whom = count === undefined ? '' : ` (${count} ${count === 1 ? 'person' : 'people'})`;
  const lateness = daysLate > 0 ? `${days(daysLate)} late` : 'overdue';
  const asks = c.asked ? demand : `${owes} must ${demand}`;
  return {
    subject: overdue
      ? `${capital(asks)}${whom}: ${lateness}`
      : `${c.phase === 'last-day' ? `Last day: ${asks}` : capital(asks)}${whom} by ${until(c)}`,
    heading: overdue ? `${capital(asks)}: ${lateness}` : `${capital(asks)} by ${until(c)}`,
    paragraphs: [
      overdue
        ? `This was due from ${c.asked ? 'you' : owes} by ${until(c)} and is not recorded as done.`
        : `By the plan, ${c.asked ? 'you are' : `${owes} is`} to ${demand} by ${until(c)}.`,
      ...(c.asked ? [more] : []),
    ],
    details: [
      ...dueDetails(c, label),
      ...(daysLate > 0 ? [['Late so far', `${days(daysLate)}, as of this notice`] as [string, string]] : []),
      ...(rungs.length > 1 ? [['Reminders in this mail', rungs.map(rung).join(', ')] as [string, string]] : []),
      ...common(c),
    ],
  };
}

function isTrainee(c: NoticeContext): boolean {
  return c.notice.seat === 'trainee';
}

function topics(c: NoticeContext): string[] {
  return (c.notice.facts.topics ?? []).flatMap((id) => c.topicTitle(id) ?? []);
}

/** the training “Product knowledge”; the training “Product knowledge” and 3 more topics */
function training(c: NoticeContext): string {
  const [first, ...more] = topics(c);
  if (first === undefined) return 'the training';
  const others = more.length === 0 ? '' : ` and ${more.length} more ${more.length === 1 ? 'topic' : 'topics'}`;
  return `the training “${first}”${others}`;
}

function day(c: NoticeContext): string {
  return date(c.notice.facts.localDate ?? '');
}

function on(c: NoticeContext): string {
  return c.notice.facts.on === undefined ? '' : ` on ${date(c.notice.facts.on)}`;
}

function marks(c: NoticeContext): [string, string][] {
  const { value, passMark, on: examinedOn } = c.notice.facts;
  return [
    ...detail('Examined on', examinedOn, date),
    ...detail('Mark', value, String),
    ...detail('Pass mark', passMark, String),
  ];
}

function session(c: NoticeContext, label: string): [string, string][] {
  return [...detail(label, c.notice.facts.localDate, date), ...common(c)];
}

function common(c: NoticeContext): [string, string][] {
  const titles = topics(c);
  return [
    ...(titles.length === 0 ? [] : [['Topics', list(titles)] as [string, string]]),
    ...detail('Reference', c.notice.facts.process, String),
  ];
}
