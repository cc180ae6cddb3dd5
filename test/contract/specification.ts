import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;

/** Outside of the repository; where it is absent the checks against it are reported as skipped. */
const PATH = join(__dirname, '../../../shared/specs/openai-openapi.json');

/** OpenAI's OpenAPI document, as a judge of answers and request bodies. */
export class Specification {
	private static loaded: Specification | null | undefined;

	/** Undefined where the document is not present. */
	static load(): Specification | undefined {
		Specification.loaded ??= existsSync(PATH)
			? new Specification(JSON.parse(readFileSync(PATH, 'utf8')) as Json)
			: null;
		return Specification.loaded ?? undefined;
	}

	private readonly ajv = new Ajv2020({
		strict: false,
		validateSchema: false,
		allErrors: true,
		formats: { unixtime: true, decimal: true },
	});
	private readonly operations: Array<{ method: string; pattern: RegExp; operation: Json }>;
	private readonly compiled = new Map<string, ValidateFunction>();

	private constructor(document: Json) {
		addFormats(this.ajv);
		this.ajv.addSchema(modernised(document) as Json, 'openai');
		this.operations = Object.entries(
			document.paths as Record<string, Record<string, Json>>,
		).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]) => ({
				method: method.toUpperCase(),
				pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
				operation,
			})),
		);
	}

	/** What is wrong with an answer; nothing for calls and statuses that the document does not describe. */
	misfits(method: string, path: string, status: number, answer: unknown): string[] {
		const name = `${method} ${path} ${status}`;
		if (status >= 400)
			return this.check(name, { $ref: 'openai#/components/schemas/ErrorResponse' }, answer);
		const responses = this.find(method, path)?.responses as Record<string, Json> | undefined;
		return this.checkContent(name, responses?.['200'], answer);
	}

	/** What is wrong with a request's JSON body. */
	requestMisfits(method: string, path: string, body: unknown): string[] {
		const request = this.find(method, path)?.requestBody as Json | undefined;
		return this.checkContent(`${method} ${path} request`, request, body);
	}

	/** What is wrong with a value of one of the document's named schemas. */
	schemaMisfits(schema: string, value: unknown): string[] {
		return this.check(schema, { $ref: `openai#/components/schemas/${schema}` }, value);
	}

	knows(method: string, path: string): boolean {
		return this.find(method, path) !== undefined;
	}

	private find(method: string, path: string): Json | undefined {
		return this.operations.find((entry) => entry.method === method && entry.pattern.test(path))
			?.operation;
	}

	private checkContent(name: string, holder: Json | undefined, value: unknown): string[] {
		const content = holder?.content as Record<string, Json> | undefined;
		const schema = content?.['application/json']?.schema as Json | undefined;
		return schema ? this.check(name, absolute(schema) as Json, value) : [];
	}

	private check(name: string, schema: Json, value: unknown): string[] {
		const id = JSON.stringify(schema);
		let validate = this.compiled.get(id);
		if (!validate) this.compiled.set(id, (validate = this.ajv.compile(schema)));
		if (validate(value)) return [];
		return (validate.errors ?? []).map(
			({ instancePath, message }) => `${name}: ${instancePath || '/'} ${message}`,
		);
	}
}

/** The document says OpenAPI 3.1 but has words of 3.0 in it: `nullable`, and `exclusiveMinimum: true`. */
function modernised(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(modernised);
	if (typeof value !== 'object' || value === null) return value;
	const { nullable, exclusiveMinimum, minimum, discriminator: _, ...rest } = value as Json;
	const result: Json = Object.fromEntries(
		Object.entries(rest).map(([key, member]) => [key, modernised(member)]),
	);
	if (exclusiveMinimum === true) result.exclusiveMinimum = minimum;
	else
		Object.assign(
			result,
			exclusiveMinimum !== undefined && { exclusiveMinimum },
			minimum !== undefined && { minimum },
		);
	return nullable === true && Object.keys(result).some((key) => key !== 'description')
		? { anyOf: [result, { type: 'null' }] }
		: result;
}

function absolute(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(absolute);
	if (typeof schema !== 'object' || schema === null) return schema;
	return Object.fromEntries(
		Object.entries(modernised(schema) as Json).map(([key, value]) => [
			key,
			key === '$ref' ? String(value).replace(/^#/, 'openai#') : absolute(value),
		]),
	);
}
