import type { Route } from './route.ts';
import {
  deleteAccountTwoFactor,
  getAccounts,
  patchAccount,
  postAccount,
  postInvitation,
  postSessionsRevoke,
} from './routes/accounts.ts';
import {
  getOpenLinks,
  postAnswerImport,
  postEnteredAnswer,
  postSurveyInvitation,
  postListOut,
  postOpenLink,
  postOpenLinkRevocation,
} from './routes/survey-entry.ts';
import { getAnswerFileContent, listAnswerFiles } from './routes/answer-files.ts';
import {
  postAnswerFile,
  postAnswerFileRemoval,
  postAnswerSession,
  postAnswers,
  postOptOut,
  putAnswerDraft,
} from './routes/answers.ts';
import { listAccessLog } from './routes/access-log.ts';
import { deleteApiKey, getApiKeys, postApiKey } from './routes/api-keys.ts';
import { postPassword, postReset, postResetRequest } from './routes/password.ts';
import { deleteOneSession, deleteSession, getMe, getSessions, postSession, postSessionCode } from './routes/session.ts';
import { postSetup } from './routes/setup.ts';
import { deleteTwoFactor, postTwoFactor, postTwoFactorConfirm } from './routes/two-factor.ts';
import {
  changeAgreement,
  createAgreement,
  getAgreement,
  listAgreements,
  startAgreementRoute,
} from './routes/agreements.ts';
import { getCommand } from './routes/commands.ts';
import { postAcceptance, postAmendment, postAmendmentPreview, postRefusal } from './routes/amendments.ts';
import { postBooking, postClaim, postClaimAnswer } from './routes/claims.ts';
import {
  changeCustomerRoute,
  createCustomer,
  getCustomer,
  getCustomerData,
  getCustomersExport,
  listCustomersRoute,
  postCustomerErasure,
  postCustomerImport,
} from './routes/customers.ts';
import { getDirectoryExport, postDirectoryImport } from './routes/directory-import.ts';
import { docsRoute } from './routes/docs.ts';
import { getDocumentContent, listDocuments } from './routes/documents.ts';
import { postApproval, postBaseline, postSeal, postWithdrawal } from './routes/effect.ts';
import { listEvents } from './routes/events.ts';
import { getEvidence } from './routes/evidence.ts';
import { listFeedback, postFeedback, postFeedbackLink, postNoAction } from './routes/feedback.ts';
import { deleteFeed, listFeeds, postFeed } from './routes/feeds.ts';
import { postCure, postFormalNotice, postSettlement } from './routes/formal-notices.ts';
import { getHealth } from './routes/health.ts';
import { postInboundMail } from './routes/inbound.ts';
import { exportLedger, getLedger } from './routes/ledger.ts';
import {
  postCheck,
  postClassification,
  postCompletion,
  postCustomerAnswer,
  postCustomerVerdict,
  postDismissal,
  postImprovementClose,
  postCause,
  postImprovementPlan,
  postMerge,
  postPlanApproval,
  postPlanRejection,
  postResults,
  postVerification,
} from './routes/improvement-acts.ts';
import { getImprovement, listImprovements, postImprovement } from './routes/improvements.ts';
import {
  postEnrolment,
  postExamination,
  postTrainingCancellation,
  postTrainingCompletion,
  postTrainingDay,
  postTrainingFeedback,
  postTrainingHeld,
  postTraineeWithdrawal,
} from './routes/training-acts.ts';
import {
  getTraining,
  getTrainingCertificate,
  getTrainingCoverage,
  listQualifications,
  listTrainings,
  postTraining,
  postTrainingPlan,
} from './routes/trainings.ts';
import {
  postVisitCancellation,
  postVisitDay,
  postVisitFollowUp,
  postVisitHeld,
  postVisitReport,
} from './routes/visit-acts.ts';
import { getVisit, getVisitCounters, listVisits, postVisit, postVisitPlan } from './routes/visits.ts';
import { getGoals } from './routes/goals.ts';
import { getLife } from './routes/life.ts';
import { listLinks, postLinkReissue, postLinkRevocation } from './routes/links.ts';
import { postEngagementEnd, postThirdAccess } from './routes/engagement-ends.ts';
import { postMatter, postMatterStep } from './routes/matters.ts';
import { getMailPreview, listMailPreviews, postMailTest } from './routes/mails.ts';
import { listNotices } from './routes/notices.ts';
import { openApiRoute } from './routes/openapi.ts';
import {
  changeOrganisationRoute,
  createOrganisation,
  getOrganisation,
  listOrganisationsRoute,
} from './routes/organisations.ts';
import {
  postBookingPayment,
  postClaimPayment,
  postHoldBack,
  postOverride,
  postPayment,
  postWaiver,
} from './routes/payments.ts';
import {
  changePersonRoute,
  createPerson,
  deleteAbsences,
  deleteMyAbsences,
  getDeparture,
  getMyPerson,
  getPerson,
  listColleagues,
  listPersonsRoute,
  postAbsence,
  postDeparture,
  postMyAbsence,
} from './routes/persons.ts';
import { postPlan } from './routes/plan.ts';
import { listRefusals } from './routes/refusals.ts';
import { listReadings, postAcknowledgement, postReading, postReadingReminder } from './routes/readings.ts';
import { getReplay } from './routes/replay.ts';
import { getPeriodReport, getSurveyPublication, getSurveyReport } from './routes/reports.ts';
import { getMyData, getPersonData, getRetention, postErasure } from './routes/privacy.ts';
import { postReview } from './routes/reviews.ts';
import { listSeats, postDelegation, postRecall, postReplacement, postVacancy } from './routes/seats.ts';
import { postSignature } from './routes/signatures.ts';
import { postSubmission } from './routes/submissions.ts';
import { postObjection, postResumption, postSuspension } from './routes/suspensions.ts';
import {
  getQuestionnaireDraft,
  postDesign,
  postDraw,
  postFinding,
  postPublication,
  postQuestionnaireApproval,
  postRelease,
  postSurveyClose,
  postSurveyDate,
  postSurveyDateAcceptance,
  postSurveyWeights,
  postTestMails,
} from './routes/survey-acts.ts';
import { getSurvey, listSurveys } from './routes/surveys.ts';
import { listTasks, postTaskDone } from './routes/tasks.ts';
import { getTemplate, getTemplates } from './routes/templates.ts';
import { postTermination } from './routes/termination.ts';
import {
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  patchWebhook,
  postDeliveryReplay,
  postWebhook,
  postWebhookPing,
  postWebhookReplay,
  postWebhookSecret,
} from './routes/webhooks.ts';

/** Every route below `/api`: mounted, and documented, from this list alone. */
export const ROUTES: readonly Route[] = [
  // First, because Express looks through them in turn: two thousand answers may come at once.
  postAnswerSession,
  putAnswerDraft,
  postAnswers,
  postOptOut,
  getHealth,
  openApiRoute(() => ROUTES),
  docsRoute(() => ROUTES),
  getTemplates,
  getTemplate,
  postPlan,
  listAgreements,
  createAgreement,
  getAgreement,
  changeAgreement,
  startAgreementRoute,
  postSignature,
  postSubmission,
  postReview,
  postTermination,
  getLife,
  getGoals,
  listSurveys,
  getSurvey,
  getSurveyReport,
  getSurveyPublication,
  getPeriodReport,
  getQuestionnaireDraft,
  postDesign,
  postQuestionnaireApproval,
  postSurveyDate,
  postSurveyDateAcceptance,
  postDraw,
  postTestMails,
  postPublication,
  postSurveyClose,
  postSurveyWeights,
  postFinding,
  postRelease,
  listImprovements,
  postImprovement,
  getImprovement,
  listVisits,
  getVisit,
  getVisitCounters,
  postVisit,
  postVisitPlan,
  postVisitDay,
  postVisitHeld,
  postVisitReport,
  postVisitCancellation,
  postVisitFollowUp,
  listTrainings,
  getTraining,
  getTrainingCertificate,
  getTrainingCoverage,
  listQualifications,
  postTraining,
  postTrainingPlan,
  postTrainingDay,
  postEnrolment,
  postTraineeWithdrawal,
  postTrainingHeld,
  postExamination,
  postTrainingFeedback,
  postTrainingCompletion,
  postTrainingCancellation,
  postClassification,
  postMerge,
  postDismissal,
  postCause,
  postImprovementPlan,
  postPlanApproval,
  postPlanRejection,
  postCompletion,
  postCheck,
  postVerification,
  postCustomerAnswer,
  postCustomerVerdict,
  postResults,
  postImprovementClose,
  postSeal,
  postApproval,
  postWithdrawal,
  postBaseline,
  postPayment,
  postHoldBack,
  postWaiver,
  postOverride,
  postAmendmentPreview,
  postAmendment,
  postAcceptance,
  postRefusal,
  postSuspension,
  postResumption,
  postObjection,
  postFormalNotice,
  postCure,
  postSettlement,
  postClaim,
  postClaimAnswer,
  postClaimPayment,
  postBookingPayment,
  postBooking,
  postMatter,
  postMatterStep,
  postEngagementEnd,
  postThirdAccess,
  getCommand,
  listEvents,
  getLedger,
  exportLedger,
  listNotices,
  listDocuments,
  getDocumentContent,
  listRefusals,
  getReplay,
  getEvidence,
  listLinks,
  postLinkRevocation,
  postLinkReissue,
  listSeats,
  postReplacement,
  postVacancy,
  postDelegation,
  postRecall,
  listReadings,
  postReading,
  postReadingReminder,
  postAcknowledgement,
  postInboundMail,
  listTasks,
  postTaskDone,
  listMailPreviews,
  getMailPreview,
  postMailTest,
  listWebhooks,
  postWebhook,
  patchWebhook,
  deleteWebhook,
  postWebhookSecret,
  postWebhookPing,
  listDeliveries,
  postDeliveryReplay,
  postWebhookReplay,
  listFeeds,
  postFeed,
  deleteFeed,
  getMe,
  postSession,
  postSessionCode,
  deleteSession,
  getSessions,
  deleteOneSession,
  postPassword,
  postResetRequest,
  postReset,
  postTwoFactor,
  postTwoFactorConfirm,
  deleteTwoFactor,
  getApiKeys,
  postApiKey,
  deleteApiKey,
  postSetup,
  getAccounts,
  postAccount,
  patchAccount,
  postInvitation,
  postSessionsRevoke,
  deleteAccountTwoFactor,
  listOrganisationsRoute,
  createOrganisation,
  getOrganisation,
  changeOrganisationRoute,
  listPersonsRoute,
  createPerson,
  getPerson,
  changePersonRoute,
  getDeparture,
  postDeparture,
  postAbsence,
  deleteAbsences,
  getMyPerson,
  postMyAbsence,
  deleteMyAbsences,
  listColleagues,
  postDirectoryImport,
  getDirectoryExport,
  listCustomersRoute,
  createCustomer,
  postCustomerImport,
  getCustomersExport,
  getCustomer,
  changeCustomerRoute,
  getCustomerData,
  postCustomerErasure,
  getMyData,
  getPersonData,
  postErasure,
  getRetention,
  listAccessLog,
  postAnswerFile,
  postAnswerFileRemoval,
  listAnswerFiles,
  getAnswerFileContent,
  postEnteredAnswer,
  postAnswerImport,
  getOpenLinks,
  postOpenLink,
  postOpenLinkRevocation,
  postSurveyInvitation,
  postListOut,
  postFeedback,
  listFeedback,
  postNoAction,
  postFeedbackLink,
];
