import type { IDataObject, IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { UploadSettings } from '../../../../lib/openai/uploadFile';
import { partBytesOf } from '../../../../lib/openai/uploadFile';

const MIB = 2 ** 20;
const MINUTE_MS = 60_000;

/** Settings of an upload that most users leave alone; also those of a job that begins with one. */
export function uploadOptions(show: NonNullable<IDisplayOptions['show']>): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Expires After (Hours)',
				name: 'expiresAfterHours',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 720 },
				default: 720,
				description:
					'When the provider deletes the file by itself. Without this option it is kept.',
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. support-2026-11.jsonl',
				description: 'The name at the provider, in place of the name that the input file has',
			},
			{
				displayName: 'Max Wait (Minutes)',
				name: 'maxWaitMinutes',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description: 'How long to wait for the provider to process the file',
			},
			{
				displayName: 'Part Size (MB)',
				name: 'partSizeMb',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 64 },
				default: 16,
				description:
					'Size of a part of a large file. One part is held in memory, and sent again alone if it gets lost.',
			},
			{
				displayName: 'Reuse File With Same Content',
				name: 'reuse',
				type: 'boolean',
				default: true,
				description:
					'Whether to use a file that the provider already has, if purpose, size and content are the same. Files of the same size are read back to compare them.',
			},
			{
				displayName: 'Upload in Parts Above (MB)',
				name: 'partsAboveMb',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 512 },
				default: 100,
				description: 'Larger files are sent in parts',
			},
		],
	};
}

export interface OptionSettings extends Omit<UploadSettings, 'purpose' | 'check'> {
	fileName?: string;
}

/** @param wait - whether to wait for the file at all. */
export function readUploadOptions(options: IDataObject, wait: boolean): OptionSettings {
	const hours = options.expiresAfterHours as number | undefined;
	return {
		reuse: (options.reuse as boolean | undefined) ?? true,
		partsAboveBytes: Number(options.partsAboveMb ?? 100) * MIB,
		partBytes: partBytesOf(Number(options.partSizeMb ?? 16)),
		waitMs: wait ? Number(options.maxWaitMinutes ?? 30) * MINUTE_MS : 0,
		...(hours === undefined ? {} : { expiresAfterSeconds: Math.round(hours * 3600) }),
		...(options.fileName ? { fileName: String(options.fileName) } : {}),
	};
}
