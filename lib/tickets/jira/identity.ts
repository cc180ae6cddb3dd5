/** Whose login it is. Jira answers searches of a dead login with 200 and no issues, as to anybody without one. */
import { ApiError } from '../../http/errors';
import type { Transport } from '../../http/types';
import type { RawAnswer, Target } from '../../openai/errors';
import { objectOf, textOf } from '../values';
import type { JiraAccess } from './errors';
import { userId } from './people';
import type { JiraUser } from './types';

export function myselfPath({ deployment }: Pick<JiraAccess, 'deployment'>): string {
	return `/rest/api/${deployment === 'cloud' ? 3 : 2}/myself`;
}

/** @throws ApiError when the login is not accepted, or is nobody's. */
export async function assertLogin(transport: Transport, access: JiraAccess): Promise<void> {
	const { data } = await transport({ method: 'GET', path: myselfPath(access) });
	const verdict = judgeMyself(data);
	if (typeof verdict !== 'string') throw verdict;
}

/** The name of the account, or why the answer is none of a login that works. */
export function judgeMyself(body: unknown): string | ApiError {
	const user = objectOf(body) as JiraUser | undefined;
	if (userId(user) === undefined) {
		return refused(
			'The answer of Jira names no account',
			"Check 'Site URL' in the credential: something else than Jira may answer there.",
			'configuration-invalid',
		);
	}
	if (user?.active === false) {
		return refused(
			'The account of this login is deactivated',
			'Use the login of an active account in the credential.',
			'credential-invalid',
		);
	}
	return textOf(user?.displayName) ?? String(userId(user));
}

function refused(
	message: string,
	description: string,
	cause: 'configuration-invalid' | 'credential-invalid',
): ApiError {
	return new ApiError(message, {
		code: 'no_account',
		explanation: { message, description, cause },
	});
}

/** No site of Jira Cloud says of itself under which id the gateway knows it. */
export function noCloudId(target: Target, { status }: Pick<RawAnswer, 'status'>): ApiError {
	const message = `No site of Jira Cloud answers at ${target.baseUrl}`;
	return new ApiError(message, {
		...target,
		status,
		code: 'no_cloud_id',
		explanation: {
			message,
			description:
				"Check 'Site URL' in the credential, e.g. https://acme.atlassian.net, or enter the 'Cloud ID' that an administrator finds at https://admin.atlassian.com.",
			cause: 'configuration-invalid',
		},
	});
}
