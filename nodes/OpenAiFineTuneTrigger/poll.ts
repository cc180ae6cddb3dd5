import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { happeningOutput, look } from '../../lib/openai/watch';
import { toNodeError } from '../shared/errors';
import type { HttpContext } from '../shared/http';
import { createTransport, CREDENTIAL } from '../shared/transport';

import { modeOf, watchSettings } from './settings';

/** Looks that have not ended: n8n starts the next one although it would tell the same. */
const underWay = new Set<string>();

/**
 * One look at the server. The state goes into the node's static data, which n8n saves with the execution that it starts,
 * and when the workflow is published: what was noted but not saved is found again.
 */
export async function poll(ctx: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const read = (name: string, fallback?: unknown) => ctx.getNodeParameter(name, fallback as never);
	if (modeOf(read) !== 'polling') return null;
	const id = `${ctx.getWorkflow().id}:${ctx.getNode().id}`;
	if (underWay.has(id)) return null;
	underWay.add(id);
	try {
		return await lookOnce(ctx, read);
	} catch (error) {
		throw toNodeError(ctx.getNode(), error);
	} finally {
		underWay.delete(id);
	}
}

async function lookOnce(
	ctx: IPollFunctions,
	read: (name: string, fallback?: unknown) => unknown,
): Promise<INodeExecutionData[][] | null> {
	const settings = watchSettings(read);
	const connection = await createTransport(ctx as unknown as HttpContext);
	const { transport, dialect, provider, baseUrl, surroundings } = connection;
	const now = surroundings.now();
	const credentialId = ctx.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const source = `${baseUrl} ${credentialId}`;
	const staticData = ctx.getWorkflowStaticData('node');
	const found = await look(transport, settings, staticData.watch, {
		...{ dialect, provider, source, now },
	});
	for (const { message } of found.failures) {
		const { name } = ctx.getNode();
		ctx.logger.warn(`"${name}" could not look into a job and tries again: ${message}`);
	}
	staticData.watch = found.state as unknown as IDataObject;
	if (found.happenings.length === 0) return null;
	const simplify = read('simplify', true) as boolean;
	const items = found.happenings.map((happening) => ({
		json: happeningOutput(happening, simplify, dialect, now) as unknown as IDataObject,
	}));
	return [items];
}
