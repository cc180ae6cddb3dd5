/** What a trigger remembers: in the process for all requests at once, in its static data over restarts. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { Memory } from '../../lib/memory';
import { SEEN_LIMITS, THREAD_LIMITS } from '../../lib/slack/memory';
import { perTrigger } from '../shared/webhookState';

export interface TriggerState {
	seen: Memory;
	threads: Memory;
	/** Puts the newest of it where n8n saves it after the request. */
	save: () => void;
}

const memoriesOf = perTrigger(() => ({
	seen: new Memory(SEEN_LIMITS),
	threads: new Memory(THREAD_LIMITS),
}));

export function stateOf(ctx: IWebhookFunctions, now: number): TriggerState {
	const kept = ctx.getWorkflowStaticData('node');
	const { seen, threads } = memoriesOf(ctx);
	seen.learn(kept.seen, now);
	threads.learn(kept.threads, now);
	const save = () => {
		kept.seen = seen.kept();
		kept.threads = threads.kept();
	};
	return { seen, threads, save };
}
