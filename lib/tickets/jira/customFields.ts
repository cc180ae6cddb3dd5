/** Fields of Jira Service Management, whose ids differ from site to site. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import { listOf, objectOf, textOf } from '../values';
import type { Deployment, JiraField, JiraFields } from './types';

export interface CustomFields {
	requestType?: string;
	satisfaction?: string;
	language?: string;
}

const TYPES: Record<string, keyof CustomFields> = {
	'com.atlassian.servicedesk:vp-origin': 'requestType',
	'com.atlassian.servicedesk:sd-request-feedback': 'satisfaction',
	'com.atlassian.servicedesk.servicedesk-lingo-integration-plugin:sd-request-language': 'language',
};

/**
 * Ids of the custom fields that are read, where the site has them. A login that may not list fields reads tickets
 * without them.
 *
 * @throws ApiError when Jira cannot be reached or does not accept the login.
 */
export async function findCustomFields(
	transport: Transport,
	deployment: Deployment,
): Promise<CustomFields> {
	const path = `/rest/api/${deployment === 'cloud' ? 3 : 2}/field`;
	const fields = await allowed(transport<JiraField[]>({ method: 'GET', path }));
	const found: CustomFields = {};
	for (const { id, schema } of listOf(fields)) {
		const name = Object.hasOwn(TYPES, String(schema?.custom))
			? TYPES[String(schema?.custom)]
			: undefined;
		// Imports from other sites leave further fields of the same type behind the site's own.
		if (name && /^customfield_\d{1,12}$/.test(String(id))) found[name] ??= String(id);
	}
	return found;
}

/** The name of the portal's request type: "Get IT help". */
export function requestTypeOf(
	fields: JiraFields,
	{ requestType }: CustomFields,
): string | undefined {
	const value = objectOf(requestType && fields[requestType]);
	return textOf(objectOf(value?.requestType)?.name);
}

/** One to five stars; three say nothing. */
export function ratingOf(
	fields: JiraFields,
	{ satisfaction }: CustomFields,
): 'good' | 'bad' | undefined {
	const stars = objectOf(satisfaction && fields[satisfaction])?.rating;
	if (typeof stars !== 'number' || stars < 1) return undefined;
	return stars >= 4 ? 'good' : stars <= 2 ? 'bad' : undefined;
}

export function languageOf(fields: JiraFields, { language }: CustomFields): string | undefined {
	return textOf(objectOf(language && fields[language])?.languageCode);
}

async function allowed(answer: Promise<{ data: JiraField[] }>): Promise<JiraField[]> {
	try {
		return (await answer).data;
	} catch (cause) {
		return withoutFields(cause);
	}
}

function withoutFields(cause: unknown): JiraField[] {
	const status = cause instanceof ApiError ? cause.details.status : undefined;
	if (status === 403 || status === 404) return [];
	throw cause;
}
