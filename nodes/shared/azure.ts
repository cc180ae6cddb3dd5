/** Requests to Azure's resource manager, with a login of its own. */
import type { IDataObject } from 'n8n-workflow';

import { ApiError } from '../../lib/http/errors';
import { scrubber } from '../../lib/http/scrub';
import type { Transport } from '../../lib/http/types';
import { answerError, networkError, type RawAnswer, type Target } from '../../lib/openai/errors';
import { assertTexts } from '../../lib/openai/credentialTexts';
import { SettingError } from '../../lib/openai/settingError';

import { createHttp, type HttpContext } from './http';

export const AZURE_CREDENTIAL = 'azureDeploymentOAuth2Api';

const TEXT_FIELDS = {
	subscriptionId: 'Subscription ID',
	resourceGroup: 'Resource Group',
	accountName: 'Resource Name',
	managementUrl: 'Management Address',
};

const ROLE =
	"Give the app registration a role with Microsoft.CognitiveServices/accounts/deployments/write on the resource, e.g. Cognitive Services Contributor, and check subscription, resource group and resource name in the credential 'Azure Deployment OAuth2 API'.";

/**
 * A transport whose paths begin behind the Azure OpenAI resource, e.g. `/deployments/my-model`.
 *
 * @throws SettingError when there is no such credential, or it lacks a part of the resource's address.
 */
export async function createAzureTransport(
	ctx: HttpContext,
	itemIndex: number,
): Promise<Transport> {
	const fields = await credentialOf(ctx, itemIndex);
	const scrub = scrubber([text(fields.clientSecret)].filter((value) => value !== ''));
	return createHttp(ctx, {
		credential: AZURE_CREDENTIAL,
		baseUrl: resourceUrl(fields),
		scrub,
		answerError: refused,
		networkError: noLogin,
		credentialOptions: { oauth2: { tokenExpiredStatusCode: 401 } },
	});
}

async function credentialOf(ctx: HttpContext, itemIndex: number): Promise<IDataObject> {
	const fields = await present(ctx, itemIndex);
	if (fields) {
		assertTexts(fields, TEXT_FIELDS, "the credential 'Azure Deployment OAuth2 API'");
		return fields;
	}
	throw new SettingError(
		'Azure OpenAI deploys models with a login of its own, and none is set',
		"Pick a credential for 'Azure Deployment OAuth2 API' in this node. It needs an app registration, see docs/providers.md.",
		'Azure Deployment OAuth2 API',
	);
}

async function present(ctx: HttpContext, itemIndex: number): Promise<IDataObject | undefined> {
	try {
		return await ctx.getCredentials<IDataObject>(AZURE_CREDENTIAL, itemIndex);
	} catch {
		return undefined;
	}
}

/** https://learn.microsoft.com/rest/api/aiservices/accountmanagement/deployments/create-or-update */
function resourceUrl(fields: IDataObject): string {
	const part = (name: string, label: string) => {
		const value = text(fields[name]);
		if (value !== '' && value !== '.' && value !== '..') return encodeURIComponent(value);
		throw new SettingError(
			`'${label}' is empty in the credential 'Azure Deployment OAuth2 API'`,
			'Enter it as the Azure portal shows it on the page of the resource.',
			label,
		);
	};
	const origin = originOf(text(fields.managementUrl) || 'https://management.azure.com');
	return [
		origin,
		`subscriptions/${part('subscriptionId', 'Subscription ID')}`,
		`resourceGroups/${part('resourceGroup', 'Resource Group')}`,
		`providers/Microsoft.CognitiveServices/accounts/${part('accountName', 'Resource Name')}`,
	].join('/');
}

/** Plain http is for this machine only: a token goes there. */
function originOf(address: string): string {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url?.hostname ?? '');
	if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && local))) return url.origin;
	throw new SettingError(
		`'Management Address' is no https address: ${address.slice(0, 100)}`,
		"Enter e.g. https://management.azure.com in the credential 'Azure Deployment OAuth2 API'.",
		'Management Address',
	);
}

function refused(target: Target, answer: RawAnswer, now: number, code?: string): ApiError {
	const error = answerError(target, answer, now, code);
	if (answer.status !== 401 && answer.status !== 403) return error;
	return new ApiError(error.message, {
		...error.details,
		explanation: {
			message: `Azure does not let this login deploy models: ${error.message}`,
			description: ROLE,
			cause: 'credential-invalid',
		},
	});
}

/** n8n reports a refused login as a request that could not be sent. */
function noLogin(target: Target, networkCode: string | undefined, message: string): ApiError {
	const error = networkError(target, networkCode, message);
	if (networkCode !== undefined) return error;
	return new ApiError(message, {
		...error.details,
		shouldRetry: false,
		explanation: {
			message: 'n8n could not log in at Azure',
			description: `Check Tenant ID, Client ID and Client Secret in the credential 'Azure Deployment OAuth2 API'. What was said: ${message}`,
			cause: 'credential-invalid',
		},
	});
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}
