import type { IExecuteFunctions } from 'n8n-workflow';

import type { Visibility } from '../../lib/slack/answer/destination';
import type { AskOptions } from '../shared/chat/askOptions';

import { FAILURE_TEXT, STATUS_TEXT } from './description/options';

/** The Options collection as n8n hands it over; only what was added is there. */
export interface AnswerOptions extends AskOptions {
	failureText: string;
	loadingMessages?: unknown;
	responseVisibility?: Visibility;
	statusText: string;
}

export function readAnswerOptions(ctx: IExecuteFunctions, itemIndex: number): AnswerOptions {
	const given = ctx.getNodeParameter('options', itemIndex, {}) as unknown as AnswerOptions;
	return {
		...given,
		failureText: String(given.failureText ?? FAILURE_TEXT),
		statusText: String(given.statusText ?? STATUS_TEXT),
	};
}
