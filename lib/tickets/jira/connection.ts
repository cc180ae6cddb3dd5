/** What the credential's fields mean: addresses and headers. */
import { assertTexts } from '../../openai/credentialTexts';
import { SettingError } from '../../openai/settingError';
import { siteUrlOf } from '../siteUrl';
import { textOf } from '../values';
import type { JiraAccess } from './errors';
import type { Deployment } from './types';

export interface JiraFieldsOfCredential {
	deployment?: string;
	siteUrl?: string;
	/** Cloud. */
	accessKind?: string;
	email?: string;
	apiToken?: string;
	cloudId?: string;
	/** Data Center. */
	authentication?: string;
	personalAccessToken?: string;
	username?: string;
	password?: string;
	ignoreSslIssues?: boolean;
}

export interface JiraConnection extends JiraAccess {
	/** Where people open issues, without trailing slash. */
	siteUrl: string;
	/** Of a token with scopes; to be looked up at the site when absent. */
	cloudId?: string;
	headers: Record<string, string>;
	ignoreSslIssues: boolean;
}

/** Every field that is typed as text, with the name it has in the credential. */
const TEXT_FIELDS = {
	email: 'E-Mail',
	apiToken: 'API Token',
	cloudId: 'Cloud ID',
	personalAccessToken: 'Personal Access Token',
	username: 'User',
	password: 'Password',
};

const GATEWAY = 'https://api.atlassian.com';
/** Answers without a login, https://confluence.atlassian.com/jirakb/retrieve-my-atlassian-site-s-cloud-id-1207189876.html */
export const TENANT_PATH = '/_edge/tenant_info';

/** @throws SettingError for fields that are empty or cannot be used. */
export function jiraConnection(fields: JiraFieldsOfCredential): JiraConnection {
	assertTexts(fields, TEXT_FIELDS);
	const deployment: Deployment = fields.deployment === 'dataCenter' ? 'dataCenter' : 'cloud';
	const scoped = deployment === 'cloud' && fields.accessKind === 'scoped';
	const example =
		deployment === 'cloud' ? 'https://acme.atlassian.net' : 'https://jira.acme.com/jira';
	const suffix = deployment === 'cloud' ? '.atlassian.net' : undefined;
	const entered = siteUrlOf(fields.siteUrl, { field: 'Site URL', example, suffix });
	const cloudId = scoped ? textOf(fields.cloudId) : undefined;
	if (cloudId !== undefined) assertCloudId(cloudId);
	return {
		deployment,
		scoped,
		// Jira Cloud lives at the root of its site, whatever page the address was copied from.
		siteUrl: deployment === 'cloud' ? new URL(entered).origin : entered,
		cloudId,
		headers: { Authorization: authorization(fields, deployment, scoped) },
		ignoreSslIssues: deployment === 'dataCenter' && fields.ignoreSslIssues === true,
	};
}

/** The base of all requests. Stand-ins on this machine have the gateway at their own address. */
export function apiBaseOf(connection: JiraConnection, cloudId?: string): string {
	const { scoped, siteUrl } = connection;
	if (!scoped) return siteUrl;
	const id = connection.cloudId ?? cloudId ?? '';
	assertCloudId(id);
	const isLocal = new URL(siteUrl).protocol === 'http:';
	return `${isLocal ? siteUrl : GATEWAY}/ex/jira/${id}`;
}

/** The cloud id in the answer of `TENANT_PATH`. */
export function cloudIdOf(tenant: unknown): string | undefined {
	const id = textOf((tenant as { cloudId?: unknown } | null)?.cloudId);
	return id !== undefined && isCloudId(id) ? id : undefined;
}

/** What must never be shown. */
export function secretsOf(fields: JiraFieldsOfCredential): string[] {
	const { apiToken, personalAccessToken, password, email, username } = fields;
	const plain = [apiToken, personalAccessToken, password].map(textOf);
	const pairs = [
		textOf(email) && `${email?.trim()}:${apiToken?.trim()}`,
		textOf(username) && `${username?.trim()}:${password}`,
	];
	return [...plain, ...pairs].filter((value): value is string => Boolean(value));
}

function authorization(
	fields: JiraFieldsOfCredential,
	deployment: Deployment,
	scoped: boolean,
): string {
	if (deployment === 'cloud') {
		const made = required(fields.apiToken, 'API Token');
		// A service account has no mailbox: its token stands alone.
		if (scoped && textOf(fields.email) === undefined) return `Bearer ${made}`;
		return basic(required(fields.email, 'E-Mail'), made);
	}
	if (fields.authentication === 'basic') {
		return basic(required(fields.username, 'User'), required(fields.password, 'Password'));
	}
	return `Bearer ${required(fields.personalAccessToken, 'Personal Access Token')}`;
}

function basic(user: string, secret: string): string {
	return `Basic ${Buffer.from(`${user}:${secret}`, 'utf8').toString('base64')}`;
}

function required(value: unknown, field: string): string {
	const text = textOf(value);
	if (text === undefined || /[\r\n]/.test(text)) {
		throw new SettingError(
			text === undefined ? `'${field}' is empty` : `'${field}' holds a line break`,
			'Open the credential and fill it in.',
			field,
		);
	}
	return text;
}

function isCloudId(id: string): boolean {
	return /^[A-Za-z0-9-]{8,64}$/.test(id);
}

function assertCloudId(id: string): void {
	if (isCloudId(id)) return;
	throw new SettingError(
		"'Cloud ID' is not one of Jira Cloud",
		"It looks like 1f2e3d4c-5b6a-7988-a7b6-c5d4e3f2a1b0. Leave it empty to have it found by 'Site URL'.",
		'Cloud ID',
	);
}
