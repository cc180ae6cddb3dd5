import type { FastifyRequest } from 'fastify';

import { checkBody, type Body, type Rule } from './check';
import { badRequest, Refusal } from './errors';

export interface FormFile {
	name: string;
	type: string;
	content: Buffer;
}

export interface Form {
	/** Checked against the rules, numbers as numbers. */
	fields: Body;
	/** By field; `image[]` counts as `image`. */
	files: Map<string, FormFile[]>;
}

const LIMITS = { fieldSize: 16 * 2 ** 20, fields: 500, files: 20, parts: 520 };

/** A multipart body: `name[]` are lists, `name[member]` objects. Files of more than `maxBytes` are refused with 413. */
export async function readForm(
	request: FastifyRequest,
	rules: Record<string, Rule>,
	maxBytes: number,
): Promise<Form> {
	if (!request.isMultipart()) {
		throw badRequest('Invalid content type. Send multipart/form-data.');
	}
	const fields = new Map<string, unknown>();
	const files = new Map<string, FormFile[]>();
	for await (const part of request.parts({ limits: { ...LIMITS, fileSize: maxBytes } })) {
		const [, name, member] = /^([^[]*)(?:\[([^\]]*)\])?/.exec(part.fieldname) ?? [];
		if (part.type === 'file') {
			const content = await part.toBuffer();
			if (part.file.truncated) throw tooLarge(maxBytes);
			const { filename, mimetype } = part;
			files.set(name, [...(files.get(name) ?? []), { name: filename, type: mimetype, content }]);
		} else put(fields, rules, { name, member, value: String(part.value) });
	}
	return { fields: checkBody(Object.fromEntries(fields), rules), files };
}

export function tooLarge(maxBytes: number): Refusal {
	return new Refusal(413, `Maximum content size limit (${maxBytes}) exceeded`);
}

function put(
	fields: Map<string, unknown>,
	rules: Record<string, Rule>,
	{ name, member, value }: { name: string; member?: string; value: string },
): void {
	const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
	if (member === undefined) fields.set(name, typed(value, rule));
	else if (member === '') {
		const list = (fields.get(name) as unknown[] | undefined) ?? [];
		fields.set(name, [...list, typed(value, rule?.items)]);
	} else {
		const known =
			rule?.fields && Object.hasOwn(rule.fields, member) ? rule.fields[member] : undefined;
		const object = (fields.get(name) as object | undefined) ?? {};
		fields.set(
			name,
			Object.fromEntries([...Object.entries(object), [member, typed(value, known)]]),
		);
	}
}

/** Forms know text only. */
function typed(value: string, rule: Rule | undefined): unknown {
	const number = rule?.type === 'integer' || rule?.type === 'number';
	if (number && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value);
	if (rule?.type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
	return value;
}
