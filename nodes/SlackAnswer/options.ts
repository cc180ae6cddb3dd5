import type { IExecuteFunctions } from 'n8n-workflow';

import type { FallbackReason } from '../../lib/openai/chat/fallback';
import type { JobModelChoice } from '../../lib/openai/chat/jobModel';
import type { ChatOptions } from '../../lib/openai/chat/sampling';
import type { Visibility } from '../../lib/slack/answer/destination';

import { FAILURE_TEXT, STATUS_TEXT } from './description/options';

/** The Options collection as n8n hands it over; only what was added is there. */
export interface AnswerOptions extends Omit<ChatOptions, 'metadata'> {
	extraBody?: unknown;
	failureText: string;
	fallbackOn?: FallbackReason[];
	jobModel?: JobModelChoice;
	loadingMessages?: unknown;
	metadata?: { values?: unknown };
	prices?: { rows?: unknown };
	responseVisibility?: Visibility;
	statusText: string;
	systemMessageRole?: 'system' | 'developer';
	timeout?: number;
}

export function readAnswerOptions(ctx: IExecuteFunctions, itemIndex: number): AnswerOptions {
	const given = ctx.getNodeParameter('options', itemIndex, {}) as unknown as AnswerOptions;
	return {
		...given,
		failureText: String(given.failureText ?? FAILURE_TEXT),
		statusText: String(given.statusText ?? STATUS_TEXT),
	};
}
