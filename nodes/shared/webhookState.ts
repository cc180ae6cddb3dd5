import type { IWebhookFunctions } from 'n8n-workflow';

const MAX_TRIGGERS = 500;

/**
 * Something of its own for each trigger, a published one apart from its test in the editor: n8n loads static data anew
 * for each request, so that requests of one moment only meet in the process.
 */
export function perTrigger<T>(create: () => T): (ctx: IWebhookFunctions) => T {
	const known = new Map<string, T>();
	return (ctx) => {
		const id = `${ctx.getWorkflow().id}:${ctx.getNode().id}:${ctx.getMode()}`;
		const own = known.get(id) ?? create();
		known.set(id, own);
		const [oldest] = known.keys();
		if (known.size > MAX_TRIGGERS) known.delete(oldest);
		return own;
	};
}
