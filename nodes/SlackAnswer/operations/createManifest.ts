import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { plainText } from '../../../lib/openai/chat/json';
import { buildManifest, readFeatures } from '../../../lib/slack/manifest';
import { textParameter } from '../../shared/parameters';

import { readTexts } from '../parameters';

const DESCRIPTION = 'Answers questions with a model that was trained on past ones.';
const CREATE_URL = 'https://api.slack.com/apps?new_app=1&manifest_json=';

/** Create App Manifest: no request is made. */
export async function createManifest(
	ctx: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as {
		description?: unknown;
		suggestedPrompts?: unknown;
	};
	const manifest = buildManifest({
		name: textParameter(ctx, 'appName', itemIndex),
		description: plainText(options.description ?? DESCRIPTION),
		webhookUrl: textParameter(ctx, 'webhookUrl', itemIndex),
		features: readFeatures(ctx.getNodeParameter('features', itemIndex, [])),
		slashCommand: textParameter(ctx, 'slashCommand', itemIndex),
		suggestedPrompts: readTexts(options.suggestedPrompts, 'Suggested Questions', 4),
	});
	const text = JSON.stringify(manifest, null, 2);
	const createUrl = `${CREATE_URL}${encodeURIComponent(JSON.stringify(manifest))}`;
	return [{ json: { manifest: manifest as unknown as IDataObject, text, createUrl } }];
}
