/** The way of reading that fits the filters. */
import { SettingError } from '../../openai/settingError';
import type { TicketReader } from '../types';
import type { ZendeskSettings } from './conversations';
import { IncrementalReader } from './incrementalReader';
import { SearchReader } from './searchReader';
import { ViewReader } from './viewReader';

export type { ZendeskSettings };

export type ZendeskMethod = 'searchExport' | 'incremental';

/** @throws SettingError when the filters cannot be honoured that way. */
export function createZendeskReader(
	settings: ZendeskSettings,
	method: ZendeskMethod = 'searchExport',
): TicketReader {
	if (settings.filters.viewId) {
		if (method === 'searchExport') return new ViewReader(settings);
		throw new SettingError(
			'A view cannot be read with the method Incremental Export, which knows no views',
			"Take 'Method' out of the options, or 'View' out of the filters.",
			'Method',
		);
	}
	return method === 'incremental' ? new IncrementalReader(settings) : new SearchReader(settings);
}
