import { ApiError } from '../../http/errors';
import { isQuotaExhausted } from '../../http/retry';

/**
 * Why a model did not answer.
 * `missing`: no such model, or none that the key may use; `retired`: shut down by the provider;
 * `rateLimited`: 429 after all tries; `serverFault`: 5xx after all tries; `noAnswer`: time ran out or the connection broke.
 */
export type FallbackReason = 'missing' | 'retired' | 'rateLimited' | 'serverFault' | 'noAnswer';

export const FALLBACK_REASONS: readonly FallbackReason[] = [
	'missing',
	'retired',
	'rateLimited',
	'serverFault',
	'noAnswer',
];

/** A model that was asked and did not answer. */
export interface FailedAttempt {
	model: string;
	reason: FallbackReason;
	message: string;
	status?: number;
	code?: string;
	requestId?: string;
}

const RETIRED =
	/deprecated|retired|decommissioned|shut ?down|no longer (?:available|supported)|sunset/i;
const MISSING =
	/(?:model|deployment|engine)\b[\s\S]{0,200}(?:not (?:be )?found|does ?n[o']t exist|unknown)|invalid model name|does not have access to model/i;
const CODES: ReadonlyArray<[RegExp, FallbackReason]> = [
	[/^model_?(?:not_?found|not_?available)$|^deployment_?not_?found$/i, 'missing'],
	[/^(?:model|deployment)_?(?:deprecated|retired|decommissioned)$/i, 'retired'],
];
/** Sentences about the model itself; "'max_tokens' is deprecated for this model" is one about our request. */
const ABOUT_THE_MODEL =
	/^(?:\W*the )?(?:requested |api )?(?:model|deployment|engine)\b|^(?:\S+: )?invalid model name|^project \S+ does not have access to model/i;
/** Other network codes, such as an unknown host or a certificate, concern every model of the server. */
const NO_ANSWER = /TIMED?OUT|ECONNABORTED|ECONNRESET|EPIPE/;

/**
 * Why another model could answer where this one did not; undefined when another model would fare no better, as with a
 * wrong key, a bad request of ours, or an empty account.
 */
export function fallbackReason(error: unknown): FallbackReason | undefined {
	if (!(error instanceof ApiError)) return undefined;
	const { status, networkCode = '' } = error.details;
	if (status === undefined) return NO_ANSWER.test(networkCode) ? 'noAnswer' : undefined;
	if (status === 408) return 'noAnswer';
	if (status === 410) return 'retired';
	if (status === 429) return isQuotaExhausted(error) ? undefined : 'rateLimited';
	if ([400, 403, 404].includes(status)) return modelReason(error);
	return status >= 500 ? 'serverFault' : undefined;
}

/** The first answer, or the error of the model that ended the search; `failed` are the models passed over before it. */
export type TurnOutcome<T> = { model: string; failed: FailedAttempt[] } & (
	{ answer: T } | { error: unknown }
);

/**
 * Asks the models in turn until one answers, or fails for a reason for which no other is to be asked.
 *
 * @param models the wanted model first; the same one is not asked twice
 * @param mayGoOn whether the next model is to be asked when one fails for this reason
 */
export async function askInTurn<T>(
	models: readonly string[],
	mayGoOn: (reason: FallbackReason) => boolean,
	ask: (model: string) => Promise<T>,
): Promise<TurnOutcome<T>> {
	const [model, ...others] = new Set(models);
	const outcome = await attempt(() => ask(model));
	const reason = 'error' in outcome ? fallbackReason(outcome.error) : undefined;
	if (!('error' in outcome) || !reason || !mayGoOn(reason) || others.length === 0) {
		return { model, failed: [], ...outcome };
	}
	const rest = await askInTurn(others, mayGoOn, ask);
	return { ...rest, failed: [failedAttempt(model, reason, outcome.error), ...rest.failed] };
}

async function attempt<T>(ask: () => Promise<T>): Promise<{ answer: T } | { error: unknown }> {
	try {
		return { answer: await ask() };
	} catch (error) {
		return { error };
	}
}

function modelReason(error: ApiError): FallbackReason | undefined {
	const { status, code = '', param } = error.details;
	const byCode = CODES.find(([pattern]) => pattern.test(code))?.[1];
	if (param && param !== 'model') return undefined;
	const isAboutModel = status === 404 || ABOUT_THE_MODEL.test(error.message);
	if (!byCode && !isAboutModel) return undefined;
	if (RETIRED.test(error.message)) return 'retired';
	return byCode ?? (MISSING.test(error.message) ? 'missing' : undefined);
}

function failedAttempt(model: string, reason: FallbackReason, error: unknown): FailedAttempt {
	const { message, details } = error as ApiError;
	const code = details.code ?? details.networkCode;
	return {
		model,
		reason,
		message,
		...(details.status === undefined ? {} : { status: details.status }),
		...(code ? { code } : {}),
		...(details.requestId ? { requestId: details.requestId } : {}),
	};
}
