/** Binary data in memory (n8n's `default` mode) or on disk, as `runNode` is told. */
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import { Container } from '@n8n/di';
import type { IBinaryData } from 'n8n-workflow';

export type BinaryMode = 'memory' | 'filesystem';

export async function useBinaryMode(mode: BinaryMode): Promise<void> {
	Container.get(BinaryDataConfig).mode = mode === 'memory' ? 'default' : 'filesystem';
	await Container.get(BinaryDataService).init();
}

/** The bytes behind a binary property of an output item, wherever they are kept. */
export async function readBinary(binary: IBinaryData): Promise<Buffer> {
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}
