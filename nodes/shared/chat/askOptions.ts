import type { FallbackReason } from '../../../lib/openai/chat/fallback';
import type { JobModelChoice } from '../../../lib/openai/chat/jobModel';
import type { ChatOptions } from '../../../lib/openai/chat/sampling';

/** What an Options collection says of how models are asked, as n8n hands it over; only what was added is there. */
export interface AskOptions extends Omit<ChatOptions, 'metadata'> {
	extraBody?: unknown;
	fallbackOn?: FallbackReason[];
	jobModel?: JobModelChoice;
	metadata?: { values?: unknown };
	prices?: { rows?: unknown };
	systemMessageRole?: 'system' | 'developer';
	timeout?: number;
}
