import { isFile } from '../../http/multipart';
import { ApiError } from '../../http/errors';
import type { ApiRequest, FormPart } from '../../http/types';
import { SettingError } from '../settingError';

import { type Fields, fieldsOf, text } from './answers';
import { encodedPath } from './paths';
import type { CallHandler } from './types';

/**
 * Three steps, as Together's own clients take them: it names a file and hands out an address (302), the bytes go there
 * without the credential, and then it looks at them.
 * https://github.com/togethercomputer/together-py/blob/main/src/together/lib/resources/files.py
 */
export const uploadToTogether: CallHandler = async ({ request }, send) => {
	const { file, purpose } = partsOf(request);
	const { headers } = await send({
		...request,
		form: [
			{ name: 'purpose', value: purpose },
			{ name: 'file_name', value: file.fileName },
			{ name: 'file_type', value: 'jsonl' },
		],
		accept: [302],
	});
	const { location, 'x-together-file-id': id } = headers;
	if (!location || !id) throw noAddress(request);
	const { path, retry } = request;
	const raw = { mimeType: 'application/octet-stream', bytes: file.bytes, content: file.content };
	await send({ method: 'PUT', path, url: location, raw, retry, expect: 'buffer' });
	const answer = await send({
		method: 'POST',
		path: `${encodedPath('/files', id, 'File')}/preprocess`,
		retry,
	});
	return { ...answer, data: togetherFile({ id, ...fieldsOf(answer.data) }) };
};

/** https://docs.together.ai/reference/get-files-id */
export function togetherFile(data: unknown): Fields {
	const raw = fieldsOf(data);
	return {
		...raw,
		object: 'file',
		purpose: text(raw.purpose) ?? 'fine-tune',
		status: raw.Processed === false ? 'uploaded' : 'processed',
	};
}

type FilePart = Extract<FormPart, { fileName: string }>;

function partsOf({ form = [] }: ApiRequest): { file: FilePart; purpose: string } {
	const file = form.find(isFile);
	const purpose = form.find((part) => part.name === 'purpose' && 'value' in part);
	if (file) return { file, purpose: purpose && 'value' in purpose ? purpose.value : 'fine-tune' };
	throw new SettingError('There is no file to upload', 'Check the field that holds the file.');
}

function noAddress({ path }: ApiRequest): ApiError {
	return new ApiError('Together AI named no address to send the file to', {
		code: 'invalid_upload',
		path,
	});
}
