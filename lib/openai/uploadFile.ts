/** From a local file to one that a job can use: check, reuse, send, wait. */
import type { FileObject } from 'openai/resources/files';

import { validateJsonl, type ValidationReport } from '../dataset/validator';
import type { Finding } from '../dataset/types';
import type { Surroundings, Transport } from '../http/types';

import type { Dialect } from './dialects/types';
import {
	createFile,
	type FileSettings,
	type LocalFile,
	MAX_FILE_BYTES,
	waitUntilProcessed,
} from './files';
import { assertFormat, assertSize, countOwnExamples } from './fileRules';
import { findSameFile } from './reuse';
import { SettingError } from './settingError';
import { MAX_PART_BYTES, MAX_UPLOAD_BYTES, uploadInParts } from './uploads';

export interface UploadSettings extends FileSettings {
	/** Whether to check the lines before anything is sent. */
	check: boolean;
	/** Whether to use a file on the server that has the same content. */
	reuse: boolean;
	/** Files with more bytes go by the Uploads API. */
	partsAboveBytes: number;
	partBytes: number;
	/** Milliseconds to wait for the server to process the file; 0 does not look. */
	waitMs: number;
	/** Passed on to the check: lets other work run, and stops when canceled. */
	pause?: () => Promise<void>;
}

export interface UploadResult {
	file: FileObject;
	/** The server had it already. */
	reused: boolean;
	/** Parts sent; 0 for one request, or for none. */
	parts: number;
	/** Of the check, where one was made; no more than these two where the provider has a format of its own. */
	report?: Pick<ValidationReport, 'examples' | 'warnings'> & Partial<ValidationReport>;
}

interface Api {
	transport: Transport;
	dialect: Pick<Dialect, 'supports'> & Partial<Pick<Dialect, 'files' | 'lacks' | 'name'>>;
	surroundings: Surroundings;
}

const MAX_SHOWN_FINDINGS = 5;

/**
 * @throws SettingError when the check finds what the server would refuse, or the file is too large; ApiError as the
 * server answers.
 */
export async function uploadFile(
	api: Api,
	source: LocalFile,
	settings: UploadSettings,
): Promise<UploadResult> {
	const file = named(source, settings.purpose, api.dialect.files?.extensions);
	const { name: provider = 'the provider', files: rules = {}, supports } = api.dialect;
	const limit = supports.uploads ? MAX_UPLOAD_BYTES : (rules.maxBytes ?? MAX_FILE_BYTES);
	assertSize(file.fileName, file.bytes, limit, provider);
	const report = settings.check ? await checked(file, settings, api) : undefined;
	const same =
		settings.reuse && canCompare(api)
			? await findSameFile(api.transport, api.surroundings, file, settings.purpose)
			: undefined;
	if (same) return { file: same, reused: true, parts: 0, report };

	const sent = await send(api, file, settings);
	const ready =
		settings.waitMs > 0
			? await waitUntilProcessed(api.transport, api.surroundings, sent.file, settings.waitMs)
			: sent.file;
	return { file: ready, reused: false, parts: sent.parts, report };
}

async function send(
	{ transport, dialect }: Api,
	file: LocalFile,
	settings: UploadSettings,
): Promise<{ file: FileObject; parts: number }> {
	const large = file.bytes > Math.min(settings.partsAboveBytes, MAX_FILE_BYTES);
	if (large && dialect.supports.uploads) {
		return await uploadInParts(transport, file, settings);
	}
	return { file: await createFile(transport, file, settings), parts: 0 };
}

/** OpenAI goes by the name: a training file must end in .jsonl. */
function named(
	file: LocalFile,
	purpose: string,
	extensions: readonly string[] = ['.jsonl'],
): LocalFile {
	const fits = extensions.some((extension) => file.fileName.toLowerCase().endsWith(extension));
	if (!['fine-tune', 'batch'].includes(purpose) || fits) return file;
	return { ...file, fileName: `${file.fileName.replace(/\.(json|ndjson|txt)$/i, '')}.jsonl` };
}

/** Files on the server have to be listed and read back for that. */
function canCompare({ dialect: { lacks = {} } }: Api): boolean {
	return !('files.list' in lacks || 'files.content' in lacks);
}

async function checked(
	file: LocalFile,
	{ pause }: UploadSettings,
	{ dialect, surroundings: { signal } }: Api,
): Promise<UploadResult['report']> {
	const { name: provider = 'The provider', files: rules = {} } = dialect;
	const { lineFields, minExamples, tokenLimit } = rules;
	const content = await file.open();
	const reading = { signal, pause };
	if (lineFields) {
		const { fileName } = file;
		const examples = await countOwnExamples(fileName, content, lineFields, provider, reading);
		return { examples, warnings: 0 };
	}
	const report = await validateJsonl(content, { ...reading, minExamples, tokenLimit });
	if (report.valid) {
		assertFormat(file.fileName, report.format, rules, provider);
		return report;
	}
	const refused = report.findings.filter(({ severity }) => severity === 'error');
	const shown = refused.slice(0, MAX_SHOWN_FINDINGS).map(asText);
	const more = report.errors - shown.length;
	throw new SettingError(
		`The file ${file.fileName} was not uploaded: the check found ${report.errors} ${report.errors === 1 ? 'thing' : 'things'} that the provider would refuse`,
		`${shown.join(' ')}${more > 0 ? ` And ${more} more.` : ''} The JSONL Builder can list (Validate) and mend (Repair) them. To upload all the same, turn off 'Check Before Upload'.`,
	);
}

function asText({ line, path, message, fix }: Finding): string {
	const where = [line === undefined ? '' : `line ${line}`, path ?? ''].filter(Boolean).join(', ');
	const what = `${where ? `${where}: ` : ''}${message}`;
	return [sentence(what), fix ? sentence(fix) : ''].filter(Boolean).join(' ');
}

function sentence(text: string): string {
	const capital = text.charAt(0).toUpperCase() + text.slice(1);
	return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** Bytes of a part that is asked for in MB, within what the API takes. */
export function partBytesOf(megabytes: number): number {
	return Math.min(Math.max(1, Math.floor(megabytes * 2 ** 20)), MAX_PART_BYTES);
}
