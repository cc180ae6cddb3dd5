import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { SettingError } from '../../lib/openai/settingError';
import { happeningOutput, newestSample } from '../../lib/openai/watch';
import { toNodeError } from '../shared/errors';
import { runPerItem } from '../shared/router';
import { createTransport } from '../shared/transport';

import { isPending, readJobItem } from './jobItem';
import { modeOf, type ReadParameter, watchSettings } from './settings';

/** What a webhook or a look has brought; in the editor, with Mode Polling, the newest event that fits. */
export async function passOn(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const read: ReadParameter = (name, fallback) => ctx.getNodeParameter(name, 0, fallback as never);
	if (ctx.getMode() === 'manual' && modeOf(read) === 'polling') return [[await sample(ctx, read)]];
	const items = ctx.getInputData();
	return [
		await runPerItem(ctx, async (itemIndex) => {
			const item = items[itemIndex];
			if (!isPending(item.json)) return [item];
			const job = await readJobItem(ctx, read, item.json);
			return job ? [job] : [];
		}),
	];
}

async function sample(ctx: IExecuteFunctions, read: ReadParameter): Promise<INodeExecutionData> {
	try {
		const settings = watchSettings(read);
		const { transport, dialect, provider, surroundings } = await createTransport(ctx);
		const now = surroundings.now();
		const newest = await newestSample(transport, settings, { dialect, provider, now });
		const simplify = read('simplify', true) as boolean;
		const json = happeningOutput(found(newest), simplify, dialect, now) as unknown as IDataObject;
		return { json, pairedItem: { item: 0 } };
	} catch (error) {
		throw toNodeError(ctx.getNode(), error);
	}
}

function found<T>(happening: T | undefined): T {
	if (happening !== undefined) return happening;
	throw new SettingError(
		"Nothing has happened yet that fits 'Events' and 'Filters'",
		'Start a fine-tuning job and test again when it has got on, or loosen the filters. A published workflow is started by what happens from now on.',
		'Events',
	);
}
