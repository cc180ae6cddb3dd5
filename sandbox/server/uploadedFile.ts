import { LineSplitter } from '../../lib/dataset/lines';
import type { ByteSource } from '../../lib/dataset/types';

import { badRequest, notFound, Refusal } from './errors';
import type { FileRecord } from './records';
import type { Sandbox } from './sandbox';

export const PURPOSES = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'];

/** A file that exists, has not expired, and whose state is up to date. */
export function findFile({ store, clock }: Sandbox, id: string): FileRecord | undefined {
	const file = store.get('file', id);
	const expired = file?.expires_at !== undefined && file.expires_at <= clock.seconds();
	return expired ? undefined : file;
}

export function requireFile(sandbox: Sandbox, id: string): FileRecord {
	const file = findFile(sandbox, id);
	if (!file) throw notFound(`No such File object: ${id}`, 'id');
	return file;
}

export function fileStatus(
	{ clock }: Sandbox,
	file: FileRecord,
): 'uploaded' | 'processed' | 'error' {
	return file.forcedStatus ?? (file.processedAt <= clock.now() ? 'processed' : 'uploaded');
}

export function presentFile(sandbox: Sandbox, file: FileRecord) {
	const { id, bytes, created_at, filename, purpose, expires_at } = file;
	const status = fileStatus(sandbox, file);
	const dates = { created_at, ...(expires_at !== undefined && { expires_at }) };
	return { id, object: 'file' as const, bytes, ...dates, filename, purpose, status };
}

export function checkPurpose(purpose: unknown): string {
	if (purpose === undefined) {
		throw badRequest("'purpose' is a required property", 'purpose', 'missing_required_parameter');
	}
	if (PURPOSES.includes(purpose as string)) return purpose as string;
	throw badRequest(
		`'${String(purpose)}' is not one of ${JSON.stringify(PURPOSES)} - 'purpose'`,
		'purpose',
	);
}

/** `expires_after` in seconds from creation: 3600 to 2592000. */
export function checkExpiry(anchor: unknown, seconds: unknown): number | undefined {
	if (anchor === undefined && seconds === undefined) return undefined;
	if (anchor !== 'created_at') {
		throw badRequest(
			"Invalid value for 'expires_after[anchor]'. Supported values are: 'created_at'.",
			'expires_after[anchor]',
			'invalid_value',
		);
	}
	const value = Number(seconds);
	if (!Number.isInteger(value) || value < 3600 || value > 2_592_000) {
		throw badRequest(
			"Invalid 'expires_after[seconds]'. Expected an integer from 3600 to 2592000.",
			'expires_after[seconds]',
			'invalid_value',
		);
	}
	return value;
}

/** What OpenAI asks of a file that is meant for training: a `.jsonl` name and a JSON object on every line. */
export async function checkTrainingFile(filename: string, content: ByteSource): Promise<void> {
	if (!/\.jsonl$/i.test(filename)) {
		throw badRequest('Invalid file format for Fine-Tuning API. Must be .jsonl');
	}
	let refusal: Refusal | undefined;
	let examples = 0;
	const refuse = (line: number, text: string) => {
		refusal ??= badRequest(
			`Expected file to have JSONL format, where every line is a valid JSON dictionary. Line ${line} is not a dictionary (HINT: line starts with: "${text.trim().slice(0, 3)}...").`,
		);
	};
	const splitter = new LineSplitter({
		onLine: (text, line) => {
			if (text.trim() === '') return;
			examples += 1;
			if (!isDictionary(text)) refuse(line, text);
		},
		onBadLine: (_finding, line, text) => refuse(line, text ?? ''),
	});
	for await (const chunk of content) {
		splitter.push(chunk);
		if (refusal) throw refusal;
	}
	splitter.end();
	if (examples === 0) refuse(1, '');
	if (refusal) throw refusal;
}

function isDictionary(text: string): boolean {
	if (!text.trimStart().startsWith('{')) return false;
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
