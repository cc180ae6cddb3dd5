import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fileKindFinding } from '../../../../lib/dataset/fileKind';
import { openPieces } from '../../../../lib/dataset/reader';
import { SettingError } from '../../../../lib/openai/settingError';
import { localFile } from '../../../shared/localFile';
import { readOptions } from '../../source';

export interface ExistingFile {
	fileName: string;
	/** Its bytes without a byte order mark. */
	pieces: AsyncIterable<Buffer>;
}

/** The JSONL file that the examples are appended to, if there is one. */
export async function existingFile(
	ctx: IExecuteFunctions,
	options: IDataObject,
): Promise<ExistingFile | undefined> {
	const field = String(options.appendField ?? '').trim();
	if (field === '') return undefined;
	const { fileName, open } = await localFile(ctx, 0, field);
	const { kind, pieces } = await openPieces(await open(), readOptions(ctx));
	const finding = kind === 'empty' ? undefined : fileKindFinding(kind);
	if (finding) {
		throw new SettingError(
			`Nothing can be appended to ${fileName}: ${finding.message}`,
			finding.fix ?? 'Choose a JSONL file.',
			'Append to File in Field',
		);
	}
	return { fileName, pieces };
}
