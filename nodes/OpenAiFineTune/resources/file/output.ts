import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { FileObject } from 'openai/resources/files';

import { toIso } from '../../../../lib/openai/time';

/** A file as the parameter 'Simplify' of the item asks for it. */
export function fileJson(ctx: IExecuteFunctions, itemIndex: number, file: FileObject): IDataObject {
	const simplify = ctx.getNodeParameter('simplify', itemIndex, true) as boolean;
	return simplify ? simplifyFile(file) : (file as unknown as IDataObject);
}

function simplifyFile(file: FileObject): IDataObject {
	return {
		id: file.id,
		filename: file.filename,
		purpose: file.purpose,
		bytes: file.bytes,
		status: file.status ?? null,
		status_details: file.status_details ?? null,
		created_at: toIso(file.created_at),
		expires_at: toIso(file.expires_at),
	};
}
