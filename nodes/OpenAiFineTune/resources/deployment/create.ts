import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { plainText } from '../../../../lib/openai/chat/json';
import { waitUntilReady } from '../../../../lib/openai/deployments';
import type { DeploymentSettings, Dialect } from '../../../../lib/openai/dialects/types';
import { SettingError } from '../../../../lib/openai/settingError';
import { type NodeFailure, toNodeError } from '../../../shared/errors';
import { locatorParameter } from '../../../shared/parameters';
import type { OperationHandler } from '../../../shared/router';
import { jsonObject } from '../job/parameters';

import { deploymentAccess } from '../../../shared/deploymentAccess';
import { deploymentItem } from './output';

const MINUTE_MS = 60_000;

export const create: OperationHandler = async (ctx, itemIndex, connection) => {
	const { deployments, send } = await deploymentAccess(ctx, itemIndex, connection);
	const settings = settingsOf(ctx, itemIndex, connection.dialect);
	const made = await deployments.create(send, settings);
	const wait = ctx.getNodeParameter('waitUntilReady', itemIndex) as boolean;
	const minutes = wait ? Number(ctx.getNodeParameter('maxReadyMinutes', itemIndex, 30)) : 0;
	const { surroundings } = connection;
	const timeoutMs = (Number.isFinite(minutes) ? Math.max(0, minutes) : 0) * MINUTE_MS;
	if (!wait) return [deploymentItem(ctx, itemIndex, made)];
	try {
		const ready = await waitUntilReady(deployments, send, surroundings, made, timeoutMs);
		return [deploymentItem(ctx, itemIndex, ready)];
	} catch (error) {
		throw withDeployment(toNodeError(ctx.getNode(), error, itemIndex), made.id);
	}
};

/** What was made is there, and billed, though nobody could see it become ready. */
function withDeployment(error: NodeFailure, id: string): NodeFailure {
	error.description =
		`${error.description ?? ''} The deployment ${id} was created before this: look at it with Get, or delete it, before you create another.`.trim();
	return error;
}

function settingsOf(
	ctx: IExecuteFunctions,
	itemIndex: number,
	{ name: provider, deployments }: Dialect,
): DeploymentSettings {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const type = String(options.deploymentType ?? '').trim();
	const capacity = capacityOf(options.capacity);
	if ((type !== '' || capacity !== undefined) && !deployments?.hasTypes) {
		throw new SettingError(
			`${provider} has no types or capacity of deployments`,
			"Remove 'Deployment Type' and 'Capacity'.",
			'Deployment Type',
		);
	}
	return {
		model: required(locatorParameter(ctx, 'deployedModel', itemIndex), 'Model'),
		name: required(plainText(ctx.getNodeParameter('deploymentName', itemIndex)), 'Deployment Name'),
		baseModel: String(options.baseModel ?? '').trim() || undefined,
		...(type !== '' && { type }),
		...(capacity !== undefined && { capacity }),
		extraFields: jsonObject(options.additionalFields, 'Additional Fields (JSON)'),
	};
}

function capacityOf(value: unknown): number | undefined {
	if (plainText(value).trim() === '') return undefined;
	const capacity = Number(value);
	if (Number.isSafeInteger(capacity) && capacity >= 1) return capacity;
	throw new SettingError(
		`'Capacity' cannot be '${plainText(value).slice(0, 40)}'`,
		'Enter a whole number of at least 1, or remove the option.',
		'Capacity',
	);
}

function required(value: string, setting: string): string {
	const text = value.trim();
	if (text !== '') return text;
	throw new SettingError(
		`'${setting}' is empty`,
		setting === 'Model'
			? 'Pick a model from the list, or enter its ID.'
			: 'Enter a name, e.g. support-answers.',
		setting,
	);
}
