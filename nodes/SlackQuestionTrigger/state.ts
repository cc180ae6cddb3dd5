/** What a trigger remembers: in the process for all requests at once, in its static data over restarts. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { Memory, SEEN_LIMITS, THREAD_LIMITS } from '../../lib/slack/memory';

export interface TriggerState {
	seen: Memory;
	threads: Memory;
	/** Puts the newest of it where n8n saves it after the request. */
	save: () => void;
}

const MAX_TRIGGERS = 500;

/** n8n loads static data anew for each request, so that requests of one moment only meet here. */
const processWide = new Map<string, { seen: Memory; threads: Memory }>();

export function stateOf(ctx: IWebhookFunctions, now: number): TriggerState {
	const kept = ctx.getWorkflowStaticData('node');
	const { seen, threads } = memoriesOf(
		`${ctx.getWorkflow().id}:${ctx.getNode().id}:${ctx.getMode()}`,
	);
	seen.learn(kept.seen, now);
	threads.learn(kept.threads, now);
	const save = () => {
		kept.seen = seen.kept();
		kept.threads = threads.kept();
	};
	return { seen, threads, save };
}

function memoriesOf(trigger: string) {
	const known = processWide.get(trigger);
	if (known) return known;
	const memories = { seen: new Memory(SEEN_LIMITS), threads: new Memory(THREAD_LIMITS) };
	processWide.set(trigger, memories);
	const [oldest] = processWide.keys();
	if (processWide.size > MAX_TRIGGERS) processWide.delete(oldest);
	return memories;
}
