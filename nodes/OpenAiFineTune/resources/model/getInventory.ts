import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readInventory } from '../../../../lib/openai/inventory';
import { SettingError } from '../../../../lib/openai/settingError';
import { readLastUse } from '../../../../lib/openai/usage';
import type { OperationHandler } from '../../../shared/router';
import type { Connection } from '../../../shared/transport';

interface InventoryParameters {
	includeCheckpoints?: boolean;
	lastUseDays?: number;
	warnDays?: unknown;
}

const WARN_DAYS = '60, 30, 7';

/** Model > Get Inventory: what was tuned, and until when it answers. */
export const getInventory: OperationHandler = async (ctx, itemIndex, connection) => {
	const options = ctx.getNodeParameter('inventoryOptions', itemIndex, {}) as InventoryParameters;
	const { transport, dialect, provider, surroundings } = connection;
	const now = surroundings.now();
	const entries = await readInventory(transport, dialect, {
		provider,
		includeCheckpoints: options.includeCheckpoints ?? true,
		warnDays: thresholds(options.warnDays ?? WARN_DAYS),
		lastUse: await lastUse(connection, Number(options.lastUseDays ?? 0), now),
		now,
	});
	if (entries.length === 0) sayEmpty(ctx);
	return entries.map((entry): INodeExecutionData => ({
		json: { ...entry },
		pairedItem: { item: itemIndex },
	}));
};

async function lastUse({ transport, hasAdminKey }: Connection, days: number, now: number) {
	if (!(days >= 1)) return undefined;
	if (!hasAdminKey) {
		throw new SettingError(
			"'Last Use (Days)' needs an admin key",
			"Usage belongs to the organization. Enter an 'Admin API Key' in the credential, or remove the option.",
			'Last Use (Days)',
		);
	}
	return await readLastUse(transport, Math.min(366, Math.floor(days)), now);
}

function thresholds(entered: unknown): number[] {
	const days = (Array.isArray(entered) ? entered : String(entered).split(/[,;\s]+/))
		.filter((part) => part !== '')
		.map(Number);
	if (days.every((one) => Number.isInteger(one) && one > 0)) return days;
	throw new SettingError(
		`'Warn at (Days Left)' cannot be ${JSON.stringify(entered).slice(0, 60)}`,
		'Enter whole numbers of days, separated by commas, e.g. 60, 30, 7.',
		'Warn at (Days Left)',
	);
}

function sayEmpty(ctx: IExecuteFunctions): void {
	ctx.addExecutionHints({
		message:
			'There are no fine-tuned models yet. A job that has succeeded makes one; models of another project or organization need its own key.',
		location: 'outputPane',
	});
}
