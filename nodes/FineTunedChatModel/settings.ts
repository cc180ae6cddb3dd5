import type { ISupplyDataFunctions } from 'n8n-workflow';

import { FALLBACK_REASONS, type FailedAttempt } from '../../lib/openai/chat/fallback';
import type { AskOptions } from '../shared/chat/askOptions';
import { noneAnswered } from '../shared/chat/noneAnswered';
import { readModels } from '../shared/chat/readModels';
import { createTransport } from '../shared/transport';

import { forAiNode } from './failure';
import type { ModelSettings } from './model';
import type { Sdk } from './sdk';

interface ModelOptions extends AskOptions {
	responseFormat?: 'text' | 'json_object';
}

/** What the model needs to know, read once for the item the AI node works on. */
export async function readSettings(
	ctx: ISupplyDataFunctions,
	itemIndex: number,
	{ getParametersJsonSchema: schemaOf }: Sdk,
): Promise<ModelSettings> {
	const options = ctx.getNodeParameter('options', itemIndex, {}) as ModelOptions;
	const connection = await createTransport(ctx, itemIndex);
	return {
		connection,
		models: await readModels(ctx, itemIndex, connection, options.jobModel),
		fallbackOn: options.fallbackOn ?? FALLBACK_REASONS,
		request: {
			responseFormat: { type: options.responseFormat ?? 'text' },
			options: { ...options, metadata: options.metadata?.values },
			extraBody: options.extraBody,
		},
		schemaOf,
		timeout: Number(options.timeout) || undefined,
		onFallback: (answered, failed) => sayFallback(ctx, answered, failed),
		toError: (error, failed) => forAiNode(noneAnswered(ctx.getNode(), itemIndex, error, failed)),
	};
}

function sayFallback(ctx: ISupplyDataFunctions, answered: string, failed: FailedAttempt[]): void {
	const others = failed.map(({ model, message }) => `${model} did not (${message})`).join('; ');
	ctx.addExecutionHints({
		message: `${answered} answered, because ${others}`,
		location: 'outputPane',
		type: 'warning',
	});
}
