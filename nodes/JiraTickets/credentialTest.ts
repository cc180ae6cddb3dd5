/** The Test of the credential: asks Jira who it is that logs in. */
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { ApiError } from '../../lib/http/errors';
import { scrubber } from '../../lib/http/scrub';
import {
	apiBaseOf,
	cloudIdOf,
	jiraConnection,
	type JiraConnection,
	type JiraFieldsOfCredential,
	secretsOf,
	TENANT_PATH,
} from '../../lib/tickets/jira/connection';
import { jiraErrors } from '../../lib/tickets/jira/errors';
import { judgeMyself, myselfPath, noCloudId } from '../../lib/tickets/jira/identity';
import { settingFailure } from '../shared/settingFailure';
import { testTicketCredential } from '../shared/tickets/credentialTest';

export async function jiraTicketsApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const fields = (credential.data ?? {}) as JiraFieldsOfCredential;
	try {
		const connection = jiraConnection(fields);
		const scrub = scrubber(secretsOf(fields));
		if (!connection.scoped || connection.cloudId !== undefined) {
			return await testLogin(this, connection, apiBaseOf(connection), scrub);
		}
		const found = await findCloudId(this, connection);
		if (found.cloudId === undefined) return found.failure;
		return await testLogin(this, connection, apiBaseOf(connection, found.cloudId), scrub);
	} catch (error) {
		return settingFailure(error);
	}
}

async function testLogin(
	context: ICredentialTestFunctions,
	connection: JiraConnection,
	baseUrl: string,
	scrub: (text: string) => string,
): Promise<INodeCredentialTestResult> {
	return await testTicketCredential(context, {
		baseUrl,
		siteField: 'Site URL',
		path: myselfPath(connection),
		headers: connection.headers,
		scrub,
		answerError: jiraErrors(connection),
		ignoreSslIssues: connection.ignoreSslIssues,
		judge: (body) => {
			const account = judgeMyself(body);
			return typeof account === 'string'
				? `Connected to ${connection.siteUrl} as ${account}`
				: account;
		},
	});
}

/** The site is asked without the token. */
async function findCloudId(
	context: ICredentialTestFunctions,
	connection: JiraConnection,
): Promise<{ cloudId?: string; failure: INodeCredentialTestResult }> {
	const { siteUrl } = connection;
	const target = { method: 'GET' as const, path: TENANT_PATH, baseUrl: siteUrl };
	let cloudId: string | undefined;
	const failure = await testTicketCredential(context, {
		baseUrl: siteUrl,
		siteField: 'Site URL',
		path: TENANT_PATH,
		headers: {},
		scrub: (text) => text,
		answerError: (_target, answer): ApiError => noCloudId(target, answer),
		judge: (body) => {
			cloudId = cloudIdOf(body);
			return cloudId ?? noCloudId(target, { status: 200 });
		},
	});
	return { cloudId, failure };
}
