/** Deliveries that were taken: in the process for all requests at once, in the node's static data over restarts. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { Memory, type MemoryLimits } from '../../lib/memory';
import { perTrigger } from '../shared/webhookState';

export interface TriggerState {
	seen: Memory;
	/** Puts the newest of it where n8n saves it after the request. */
	save: () => void;
}

/** OpenAI tries for three days: https://platform.openai.com/docs/guides/webhooks. */
const LIMITS: MemoryLimits = { lifetime: 4 * 24 * 60 * 60_000, maxEntries: 10_000, maxKept: 500 };

const memoryOf = perTrigger(() => new Memory(LIMITS));

export function stateOf(ctx: IWebhookFunctions, now: number): TriggerState {
	const kept = ctx.getWorkflowStaticData('node');
	const seen = memoryOf(ctx);
	seen.learn(kept.seen, now);
	const save = () => {
		kept.seen = seen.kept();
	};
	return { seen, save };
}
