/**
 * Who may do what, written by hand from the issue and design §3, §7; the policy is asked nowhere. The matrix test compares
 * every route with it. A route that is not here fails the test: add its line, and think about who it is for.
 */

export const ROLE_NAMES = [
  'administrator',
  'coordinator',
  'party-member',
  'third-party',
  'department',
  'interviewer',
  'auditor',
] as const;
export type RoleName = (typeof ROLE_NAMES)[number];
export type Reach = 'all' | 'own' | 'none';

/** `own`: of agreements in which the person is seated or stands in. The installation's programs are as the coordinator. */
const GRANTS = `
                  administrator coordinator party-member third-party department interviewer auditor
  self            all           all         all          all         all        all         all
  templates.read  all           all         all          all         all        all         all
  agreements.read none          all         own          own         own        own         all
  agreements.manage none        all         none         none        none       none        none
  agreements.act  none          all         own          own         own        none        none
  evaluations.read none         all         own          none        own         none        all
  evaluations.act none          all         own          none        own         none        none
  surveys.enter   none          all         own          none        own         own         none
  cases.read      none          all         own          none        own         none        all
  cases.act       none          all         own          none        own         none        none
  record.read     none          all         own          none        own        none        all
  ledger.read     none          all         own          none        none       none        all
  audit           none          all         none         none        none       none        all
  access-log.read all           none        none         none        none       none        all
  directory.read  all           all         none         none        none       none        all
  directory.write all           all         none         none        none       none        none
  privacy.manage  all           none        none         none        none       none        none
  tasks.read      none          all         none         none        none       none        all
  tasks.manage    none          all         none         none        none       none        none
  calendars.read  all           all         none         none        none       none        all
  calendars.manage all          all         none         none        none       none        none
  mail.read       all           all         none         none        none       none        all
  mail.manage     all           all         none         none        none       none        none
  accounts.read   all           none        none         none        none       none        all
  accounts.manage all           none        none         none        none       none        none
  webhooks.read   all           none        none         none        none       none        all
  webhooks.manage all           none        none         none        none       none        none
  system.read     all           none        none         none        none       none        all
`;

const [ROLE_LINE = [], ...GRANT_LINES] = GRANTS.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));

/** Permission → role → reach. */
export const GRANTED: Record<string, Record<RoleName, Reach>> = Object.fromEntries(
  GRANT_LINES.map(([permission = '', ...reaches]) => [
    permission,
    Object.fromEntries(ROLE_LINE.map((role, column) => [role, reaches[column]])) as Record<RoleName, Reach>,
  ]),
);

/** What each route needs, by its operationId: a permission, `open` (nothing), or `inbound` (the mail server's key). */
const OPERATIONS: Record<string, string> = {
  open: `health openapi docs signIn enterCode setUp requestPasswordReset setPassword getRetention openAnswerSession
    saveAnswerDraft handInAnswers uploadAnswerFile removeAnswerFile optOut sendFeedback`,
  inbound: 'postInboundMail postCaseMail',
  self: `getMe getMyPerson getMyData signOut listSessions endSession changePassword beginTwoFactor confirmTwoFactor endTwoFactor
    listApiKeys createApiKey revokeApiKey listFeeds postFeed deleteFeed
    listSavedViews saveView renameView deleteView`,
  'templates.read':
    'listTemplates getTemplate getTemplateContents listClauses getClause listQuestionBank plan whatIfDraft',
  'agreements.read': `getToday getTodayFigures listAgreements countAgreements exportAgreements getAgreement listSeats getLife getSchedule getGoals listSurveys listCycles getSurvey getSurveyProgress getSurveyComparison getSurveyPublication draftQuestionnaire
    listImprovements listFindings getImprovement listVisits getVisit getVisitCounters listTrainings getTraining
    getTrainingCoverage listQualifications listClauseAgreements listEngagements listOwnEngagements getEngagement downloadOfEngagement`,
  'agreements.manage': `redate settleFeedback create change start terminate circulate remind revokeLink reissueLink withdraw
    book previewBulk startBulk listBulkJobs getBulkJob listBulkLines stopBulk getImportTable importAgreements`,
  'agreements.act': `sign submit review getCommand delegateMine recallMine replace vacate delegate recall
    acknowledge listColleagues seal approve enterBaseline pay holdBack waive override previewAmendment propose accept
    decline suspend resume object serve cure settle claim answer payClaim payBooking createFeedbackLink createOpenLink revokeOpenLink listOut reissueInvitation openMatter carryMatter endEngagement thirdAccess
    designSurvey approveQuestionnaire proposeSurveyDate acceptSurveyDate drawSample sendSurveyTestMails publishSurvey closeSurvey
    setSurveyWeights raiseSurveyFinding releaseSurveyReport raiseFinding classifyFinding mergeFinding dismissFinding
    recordCause planImprovement approveImprovementPlan rejectImprovementPlan completeMeasure checkImprovement verifyEffect
    answerCustomers enterCustomerVerdict publishResults closeImprovement planVisit publishVisitPlan rescheduleVisit
    holdVisit reportVisit cancelVisit followUpVisit registerRisk rateRisk equipRisk mitigateRisk completeRiskMeasure
    reviewRisk assessRiskMeasure observeRisk acknowledgeRiskWarning occurRisk doRiskStep standDownRisk closeRisk planTraining publishTrainingPlan rescheduleTraining enrolTrainees
    withdrawTrainee holdTraining examineTrainees giveTrainingFeedback completeTraining cancelTraining
    applyForThird applyAgain replyToApplication provideForApplication withdrawApplication recordNegotiation
    draftThirdAgreement reviewThirdAgreement signThirdAgreement refuseThirdAgreement undertake giveThirdAccess
    startThirdWork reportInvolvement assignToThird deliverMilestone judgeDelivery raiseShortcoming reviewThirdEffect superviseThird
    askThirdSupport answerThirdSupport chargeThirdCost payThird proposeThirdCap answerThirdCap reportThirdLoss
    answerThirdLoss recordThirdRecourse endThirdInvolvement serveThird settleThird`,
  'evaluations.read': `listEvaluations listDeskEvaluations getEvaluation getEvaluationHistory downloadEvaluationFile`,
  'evaluations.act': `openEvaluation enrolEvaluated acknowledgeScheme gatherFigures scoreIndicator leaveOutIndicator
    assessOneself judgeTargets takeAssessment concludeEvaluation objectToResult answerObjection correctScore confirmResult
    publishEvaluation proposeConsequence decideConsequence explainLateness`,
  'surveys.enter': 'enterAnswer importAnswers listOpenLinks listFeedback',
  'cases.read': 'listCases listDeskCases getCase getCaseFigures',
  'cases.act': `openCase recordCase respondToCase forwardCase assignCase tellCaseProgress pauseCase resumeCase planCase
    confirmCasePlan executeCase resolveCase tellCaseResult reopenCase judgeCase agreeCaseSolution decideCaseSurvey
    classifyCase reportCase confirmCaseReport linkCase contestCase improveCase closeCase noteCase createCaseLink
    enterCustomersServed createCaseFormLink revokeCaseFormLink listCaseFormLinks`,
  'record.read': `listEvents listNotices listDocuments download listReadings getSurveyReport listReports getPeriodReport getTrainingCertificate
    listAnswerFiles downloadAnswerFile getSurveyQuestions listSurveyAnswers getSurveyAudience listRisks getRisk getRiskReport`,
  'ledger.read': 'getLedger exportLedger whatIf',
  audit: 'listRefusals replay evidence listLinks narrative getAudit audit getAuditRun',
  'system.read': 'getSystem',
  'access-log.read': 'listAccessLog',
  'privacy.manage': 'getPersonData erase getCustomerData eraseCustomer',
  'directory.read': `listOrganisations getOrganisation listPersons getPerson getDeparture exportDirectory
    listCustomers getCustomer exportCustomers`,
  'directory.write': `createOrganisation changeOrganisation createPerson changePerson depart delegateAll recallAll
    importDirectory createCustomer changeCustomer importCustomers`,
  'mail.read': 'listMailPreviews getMailPreview',
  'mail.manage': 'postMailTest',
  'calendars.read': 'listCalendars getCalendar',
  'calendars.manage': 'readCalendarFile previewCalendar enterCalendar',
  'tasks.read': 'listRedatings getRedating listTasks',
  'tasks.manage': 'postTaskDone',
  'accounts.read': 'listAccounts',
  'accounts.manage': 'inviteAccount changeAccount inviteAgain endSessionsOfAccount dropTwoFactor',
  'webhooks.read': 'listWebhooks listWebhookDeliveries',
  'webhooks.manage': `postWebhook patchWebhook deleteWebhook postWebhookSecret postWebhookPing replayWebhookDelivery
    replayWebhook`,
};

/** Operation → need. */
export const NEEDS: Record<string, string> = Object.fromEntries(
  Object.entries(OPERATIONS).flatMap(([need, ids]) => ids.split(/\s+/).map((id) => [id, need])),
);

/** What may be asked for all the same, where the thing itself belongs to an agreement that is not the asker's. */
export const FOREIGN_ANSWERS: Record<string, string> = { getCommand: 'unknown-command' };

/** Writes about one's own sign-in, feed and named filters: an auditor may keep their own password. Nothing of an agreement. */
export const OWN_SIGN_IN = `signOut endSession changePassword beginTwoFactor confirmTwoFactor endTwoFactor createApiKey
  revokeApiKey postFeed deleteFeed saveView renameView deleteView`.split(/\s+/);

/** What the third party of an engagement may ask for below its agreement: about its own engagement alone. */
export const OF_THIRD = `getEngagement downloadOfEngagement signThirdAgreement refuseThirdAgreement undertake
  startThirdWork deliverMilestone askThirdSupport chargeThirdCost answerThirdCap answerThirdLoss`.split(/\s+/);
