/** Deliveries that were taken: in the process for all requests at once, in the node's static data over restarts. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { Memory, type MemoryLimits } from '../../lib/slack/memory';

export interface TriggerState {
	seen: Memory;
	/** Puts the newest of it where n8n saves it after the request. */
	save: () => void;
}

/** OpenAI tries for three days: https://platform.openai.com/docs/guides/webhooks. */
const LIMITS: MemoryLimits = { lifetime: 4 * 24 * 60 * 60_000, maxEntries: 10_000, maxKept: 500 };
const MAX_TRIGGERS = 500;

/** n8n loads static data anew for each request, so that requests of one moment only meet here. */
const processWide = new Map<string, Memory>();

export function stateOf(ctx: IWebhookFunctions, now: number): TriggerState {
	const kept = ctx.getWorkflowStaticData('node');
	const seen = memoryOf(`${ctx.getWorkflow().id}:${ctx.getNode().id}:${ctx.getMode()}`);
	seen.learn(kept.seen, now);
	const save = () => {
		kept.seen = seen.kept();
	};
	return { seen, save };
}

function memoryOf(trigger: string): Memory {
	const known = processWide.get(trigger);
	if (known) return known;
	const memory = new Memory(LIMITS);
	processWide.set(trigger, memory);
	const [oldest] = processWide.keys();
	if (processWide.size > MAX_TRIGGERS) processWide.delete(oldest);
	return memory;
}
